// The tables of docs/web.md, from the results of a run; the prose around the markers is written by hand.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceSection } from "../bench/docs.mjs";
import { goalTable, machineText, modelTables, programTable } from "./tables.mjs";

export function writeDocs(root, results) {
  const file = join(root, "docs/web.md");
  const sections = {
    "web machine": machineText(results),
    "web goals": goalTable(results),
    "web programs": programTable(results),
    "web models": modelTables(results),
  };
  writeFileSync(file, Object.entries(sections).reduce(replaceSection, readFileSync(file, "utf8")));
}
