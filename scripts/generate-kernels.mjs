// Assembles src/core/float-kernels.wat into float-kernels.generated.ts, which is committed. Run it after editing the .wat: node scripts/generate-kernels.mjs
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

const source = path.join(fileURLToPath(new URL("..", import.meta.url)), "src/core/float-kernels.wat");
const { parseWat } = await wabt();
const { buffer } = parseWat(path.basename(source), readFileSync(source, "utf8"), { simd: true }).toBinary({});
const base64 = Buffer.from(buffer).toString("base64");
const header = "// Made from float-kernels.wat by scripts/generate-kernels.mjs.";
writeFileSync(source.replace(/\.wat$/, ".generated.ts"), `${header}\nexport const FLOAT_KERNELS =\n  "${base64}";\n`);
