/** Text in lines of at most `columns` characters, broken at spaces; a longer word stays whole. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?! )/)) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line.trimEnd());
      line = word.trimStart();
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
