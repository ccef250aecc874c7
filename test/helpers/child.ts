import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/**
 * Runs `script` in a Node process of its own, beside the given source files as JavaScript: for what only the end of a process
 * can show. Resolves with its exit code and output.
 */
export async function runChild(folder: string, sources: readonly string[], script: string) {
  for (const source of sources) {
    const target = path.join(folder, "src", source.replace(/\.ts$/, ".js"));
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(await readFile(path.join(SRC, source), "utf8"), {
      compilerOptions: options,
    });
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, outputText);
  }
  await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
  const file = path.join(folder, "script.js");
  await writeFile(file, script);
  const child = spawn(process.execPath, [file], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, output };
}
