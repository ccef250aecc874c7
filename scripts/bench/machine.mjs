import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

/** What the numbers depend on. */
export function machine() {
  const [{ model }, ...others] = cpus();
  return {
    cpu: model.trim(),
    cores: others.length + 1,
    memoryBytes: totalmem(),
    kernel: `Linux ${release().split("-")[0]}`,
    node: process.version,
  };
}

/** Processes that ran or wanted to, on average over the last minute: a quiet machine has nearly none of them. */
export function load() {
  return loadavg()[0];
}

/** Version of this package and of what it runs on. */
export function ourVersions(root) {
  const { version, dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  return [
    `biggan-port==${version}`,
    `node==${process.versions.node}`,
    `@node-rs/crc32==${dependencies["@node-rs/crc32"]}`,
  ];
}
