export function replaceSection(document: string, section: readonly [name: string, text: string]): string;
export function writeDocs(root: string, results: object): void;
