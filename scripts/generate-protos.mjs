// Writes the decoders (and encoders, where needed) of every src/formats/*/*.proto beside it: NAME.generated.js and NAME.generated.d.ts, both committed.
// Run it after editing a .proto: node scripts/generate-protos.mjs
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const pbjs = createRequire(import.meta.url).resolve("protobufjs-cli/bin/pbjs");
const formats = path.join(root, "src", "formats");
// What this package never calls is not generated.
const flags = ["--no-create", "--no-verify", "--no-convert", "--no-delimited", "--no-typeurl"];
// Formats that are only read need no encoders. 64-bit integers arrive as Long; for writing, plain numbers are declared.
const reading = ["--no-encode", "--force-long"];
const writing = { "onnx.proto": ["--force-number"] };

for (const name of readdirSync(formats, { recursive: true, encoding: "utf8" }).sort()) {
  if (!name.endsWith(".proto")) continue;
  const source = path.join(formats, name);
  const target = source.replace(/\.proto$/, ".generated.js");
  const own = writing[path.basename(name)] ?? reading;
  const rest = ["--wrap", "esm", "--dependency", "protobufjs/minimal.js", ...flags, ...own];
  execFileSync(process.execPath, [
    pbjs,
    "--target",
    "static-module",
    ...rest,
    "--root",
    path.basename(name, ".proto"),
    "--dts",
    "--out",
    target,
    source,
  ]);
  console.log(path.relative(root, target));
}
