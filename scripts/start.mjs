// `npm start`: set up, then port both embedded modules and say where the pictures are and how to open the page.
import { spawnSync } from "node:child_process";
import { build, install, root } from "./setup.mjs";

install();
build();
for (const name of ["biggan-mini", "biggan-deep-mini"]) {
  const references = ["reference", "reference-taps"].map((kind) => `fixtures/${name}.${kind}.npz`);
  const args = ["bin/biggan-port.js", "port", `fixtures/${name}.tar.gz`, "-o", `out/${name}`, "--force"];
  const { status } = spawnSync(
    process.execPath,
    [...args, "--against", ["module", "float64", ...references].join(",")],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
console.log(`The demo page, with pictures at once:

    npx biggan-port serve out/biggan-mini
`);
