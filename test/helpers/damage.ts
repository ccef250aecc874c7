import { cp, mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { unpackTarGz } from "../../src/io/unpack-tar-gz.js";
import { DATA, editTensor } from "./checkpoint-editor.js";
import { fixture } from "./fixtures.js";
import { gzipped, type SmallEntry, smallTar } from "./small-tar.js";

/** One fault of a whole module, made at test time from the small real one, and how the program must answer it. */
export interface Damage {
  readonly name: string;
  /** What is wrong, in words. */
  readonly description: string;
  /** Makes the damaged MODEL from an unpacked, good module, which it may change. Returns the path to give to the program. */
  readonly make: (module: string) => Promise<string>;
  readonly exitCode: 3 | 4;
  readonly message: RegExp;
  /** Whether the fault shows without reading weights (`check`), or only when they are read (`convert`). */
  readonly seenBy: "check" | "convert";
}

const CONV0 = "Generator/GBlock/conv0/w/ema_b999900";
const CONV1 = "Generator/GBlock/conv1/w/ema_b999900";
const TAR = fixture("biggan-mini.tar.gz");

/** Damage that leaves a folder. */
function inFolder(change: (module: string) => Promise<unknown>): Damage["make"] {
  return async (module) => {
    await change(module);
    return module;
  };
}

/** Damage that leaves a file beside the module's folder. */
function asFile(name: string, content: () => Promise<Uint8Array>): Damage["make"] {
  return async (module) => {
    const file = path.join(path.dirname(module), name);
    await writeFile(file, await content());
    return file;
  };
}

function flipBit(bytes: Buffer): void {
  bytes[403] = (bytes[403] ?? 0) ^ 0x40;
}

async function flip(file: string, at: (length: number) => number): Promise<void> {
  const bytes = await readFile(file);
  const place = at(bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ 0x40;
  await writeFile(file, bytes);
}

const archiveOf = (entries: readonly SmallEntry[]) => async () => gzipped(await smallTar(entries));

/** Small archives with one bad entry are committed; the program must answer them as it answers a whole module with one. */
const committed = (name: string) => () => readFile(fixture(`broken/${name}`));

export const DAMAGES: readonly Damage[] = [
  {
    name: "flip_byte",
    description: "one bit of a weight in the data file",
    make: inFolder((module) => editTensor(module, CONV0, { bytes: flipBit, keepChecksum: true })),
    exitCode: 3,
    message:
      /variables\.data-00000-of-00001 at byte \d+: tensor \S+ CRC-32C: expected 0x[0-9a-f]{8}, found 0x[0-9a-f]{8}/,
    seenBy: "convert",
  },
  {
    name: "nan_weight",
    description: "a weight that is NaN, its checksum right",
    make: inFolder((module) => editTensor(module, CONV0, { bytes: (bytes) => bytes.writeFloatLE(Number.NaN, 400) })),
    exitCode: 3,
    message: /GBlock\/conv0\/w.*NaN/i,
    seenBy: "convert",
  },
  {
    name: "truncated_shard",
    description: "the data file cut to three quarters",
    make: inFolder((module) => truncate(path.join(module, DATA), 2_500_000)),
    exitCode: 3,
    message: /variables\.index: entry \S+: expected a range inside the 2500000 bytes of variables\.data-00000-of-00001/,
    seenBy: "check",
  },
  {
    name: "missing_shard",
    description: "no data file",
    make: inFolder((module) => rm(path.join(module, DATA))),
    exitCode: 3,
    message: /variables\.data-00000-of-00001: file: expected a readable file, found no such file/,
    seenBy: "check",
  },
  {
    name: "missing_index",
    description: "no index",
    make: inFolder((module) => rm(path.join(module, "variables/variables.index"))),
    exitCode: 3,
    message: /variables\.index/,
    seenBy: "check",
  },
  {
    name: "index_block_crc",
    description: "one bit of the index",
    make: inFolder((module) =>
      flip(path.join(module, "variables/variables.index"), (length) => Math.floor(length / 3)),
    ),
    exitCode: 3,
    message: /variables\.index at byte 0: data block CRC-32C: expected/,
    seenBy: "check",
  },
  {
    name: "offset_beyond",
    description: "a tensor that lies beyond the end of the data file, the index's checksums right",
    make: inFolder((module) => editTensor(module, CONV1, { offset: 1e9 })),
    exitCode: 3,
    message: /GBlock\/conv1\/w\S*: expected a range inside the \d+ bytes/,
    seenBy: "check",
  },
  {
    name: "missing_ema",
    description: "a moving average is not in the checkpoint",
    make: inFolder((module) => editTensor(module, CONV1, null)),
    exitCode: 4,
    message: /Generator\/GBlock\/conv1\/w/,
    seenBy: "check",
  },
  {
    name: "renamed_tensor",
    description: "a tensor has another name",
    make: inFolder((module) => editTensor(module, CONV1, { name: "Generator/GBlock/conv9/w/ema_b999900" })),
    exitCode: 4,
    message: /Generator\/GBlock\/conv9\/w/,
    seenBy: "check",
  },
  {
    name: "wrong_shape",
    description: "a convolution whose spatial extents are not 3 by 3, its size and checksum right",
    make: inFolder((module) => editTensor(module, CONV1, { shape: [1, 9, 96, 96] })),
    exitCode: 4,
    message: /\[1, 9, 96, 96\]/,
    seenBy: "check",
  },
  {
    name: "truncated_saved_model",
    description: "the graph cut to two thirds",
    make: inFolder((module) => truncate(path.join(module, "saved_model.pb"), 650_000)),
    exitCode: 3,
    message: /saved_model\.pb/,
    seenBy: "check",
  },
  {
    name: "empty_saved_model",
    description: "the graph is an empty file",
    make: inFolder((module) => truncate(path.join(module, "saved_model.pb"), 0)),
    exitCode: 3,
    message: /saved_model\.pb/,
    seenBy: "check",
  },
  {
    name: "short_targz",
    description: "the archive cut to six tenths",
    make: asFile("short.tar.gz", async () => (await readFile(TAR)).subarray(0, 2_000_000)),
    exitCode: 3,
    message: /short\.tar\.gz: gzip: expected a whole gzip stream, found the end of the file/,
    seenBy: "check",
  },
  {
    name: "flipped_targz",
    description: "one bit of the archive",
    make: async (module) => {
      const file = path.join(path.dirname(module), "flipped.tar.gz");
      await cp(TAR, file);
      await flip(file, (length) => length - 100_000);
      return file;
    },
    exitCode: 3,
    message: /flipped\.tar\.gz/,
    seenBy: "check",
  },
  {
    name: "traversal_tar",
    description: "an archive with an entry outside its folder",
    make: asFile("traversal.tar.gz", committed("traversal.tar.gz")),
    exitCode: 3,
    message: /traversal\.tar\.gz: entry "\.\.\/evil\.txt": expected a relative path inside the archive/,
    seenBy: "check",
  },
  {
    name: "symlink_tar",
    description: "an archive with a symbolic link",
    make: asFile("symlink.tar.gz", committed("symlink.tar.gz")),
    exitCode: 3,
    message: /symlink\.tar\.gz: entry "variables": expected a file or a folder, found a symbolic link to "\/tmp"/,
    seenBy: "check",
  },
  {
    name: "bomb_tar",
    description: "an archive with an entry that claims to be 100 GB",
    make: asFile("bomb.tar.gz", committed("tar-size-claim.tar.gz")),
    exitCode: 3,
    message: /bomb\.tar\.gz: entry "bomb" size: expected at most 8589934592 bytes when unpacked/,
    seenBy: "check",
  },
  {
    name: "not_a_module",
    description: "a good archive of something else",
    make: asFile("other.tar.gz", archiveOf([{ name: "readme.txt", content: "hello" }])),
    exitCode: 3,
    message: /other\.tar\.gz/,
    seenBy: "check",
  },
  {
    name: "empty_archive",
    description: "a good archive of nothing",
    make: asFile("nothing.tar.gz", archiveOf([])),
    exitCode: 3,
    message: /nothing\.tar\.gz/,
    seenBy: "check",
  },
  {
    name: "empty_file",
    description: "an empty file named like a module",
    make: asFile("empty.tar.gz", committed("empty.tar.gz")),
    exitCode: 3,
    message: /empty\.tar\.gz: .*found an empty file/,
    seenBy: "check",
  },
  {
    name: "random_bytes",
    description: "bytes of no format, named like a module",
    make: asFile("random.tar.gz", committed("random.tar.gz")),
    exitCode: 3,
    message: /random\.tar\.gz/,
    seenBy: "check",
  },
  {
    name: "picture",
    description: "a PNG named like a module",
    make: asFile("picture.tar.gz", committed("picture.tar.gz")),
    exitCode: 3,
    message: /picture\.tar\.gz: .*PNG/,
    seenBy: "check",
  },
  {
    name: "empty_folder",
    description: "a folder with nothing in it",
    make: async (module) => {
      const folder = path.join(path.dirname(module), "nothing");
      await mkdir(folder);
      return folder;
    },
    exitCode: 3,
    message: /nothing: /,
    seenBy: "check",
  },
  {
    name: "missing",
    description: "a path where nothing is",
    make: async (module) => path.join(path.dirname(module), "missing.tar.gz"),
    exitCode: 3,
    message: /missing\.tar\.gz: .*no such file or folder/,
    seenBy: "check",
  },
];

/** Makes one damaged MODEL below `folder` (a workspace of the test's own). Returns its path. */
export async function makeDamage(damage: Damage, folder: string): Promise<string> {
  const module = path.join(folder, damage.name, "module");
  await unpackTarGz(TAR, module);
  return await damage.make(module);
}
