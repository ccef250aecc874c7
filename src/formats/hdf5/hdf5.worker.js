// Runs libhdf5 (h5wasm) for one file: a damaged file can make it trap, loop or ask for gigabytes, and here it can be stopped without harm. It
// sees no file system but this one file, read only. Plain JavaScript, because a worker's script is not compiled.
import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

const { path, byteLength, heapBytes } = workerData;

/** libhdf5 prints why it fails, outermost function first. Longer than its deepest stack. */
const MAX_LINES = 200;
const printed = [];
function note(line) {
  if (printed.length < MAX_LINES) printed.push(String(line));
}
Object.assign(console, { error: note, warn: note, log: () => undefined });

// malloc answers null above the limit, which libhdf5 reports as an error of its own.
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function growWithin(pages) {
  if (this.buffer.byteLength + pages * 65_536 > heapBytes) throw new RangeError(`over ${heapBytes} bytes`);
  return grow.call(this, pages);
};

/** What the system said of a read that failed inside libhdf5. */
let systemError;

const EIO = 29;
const FILE = "/file.h5";
// Node closes it when the thread ends.
const descriptor = openSync(path, "r");

const { ready } = await import("h5wasm");
const hdf5 = await ready;
const { FS } = hdf5;
FS.writeFile(FILE, "");
const { node } = FS.lookupPath(FILE);
node.usedBytes = byteLength;
node.stream_ops = {
  ...node.stream_ops,
  read(_stream, memory, offset, length, position) {
    try {
      return readSync(descriptor, memory, offset, length, position);
    } catch (error) {
      systemError = error;
      throw new FS.ErrnoError(EIO);
    }
  },
};

/** libhdf5 was stopped in the middle of something: it must not be asked again. */
const isTrap = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

/** Why libhdf5 failed: its innermost reason, or what stopped it. */
function reason(error) {
  if (error instanceof RangeError) return "a structure nested without end";
  if (error instanceof WebAssembly.RuntimeError) return error.message;
  const texts = printed.map((line) => /^\s*#\d+: .* in \w+\(\): (.*)$/.exec(line)?.[1]).filter((text) => text);
  return texts.at(-1) ?? printed.at(-1) ?? error.message;
}

function succeed(status) {
  if (status < 0) throw new Error("no reason given");
}

let file;

function openFile() {
  file = hdf5.open(FILE, hdf5.H5F_ACC_RDONLY, false, -1, -1);
  succeed(file);
}

/** Links are told from what they lead to first, and never followed. */
function entryOf(name) {
  const target = hdf5.get_symbolic_link(file, name);
  if (target !== null) return { name, kind: "left", reason: `a soft link to ${target}` };
  const { filename, obj_path } = hdf5.get_external_link(file, name);
  if (filename !== undefined) {
    return { name, kind: "left", reason: `a link to ${obj_path} in another file, ${filename}` };
  }
  const type = hdf5.get_type(file, name);
  if (type === hdf5.H5G_GROUP) return { name, kind: "group" };
  if (type === hdf5.H5G_TYPE) return { name, kind: "left", reason: "a type without data" };
  if (type !== hdf5.H5G_DATASET) throw new Error("an object of an unknown kind");
  const { shape, chunks, size } = hdf5.get_dataset_metadata(file, name);
  // Chunks alone are filtered.
  const filters = chunks === null ? [] : hdf5.get_dataset_filters(file, name).map(({ id, name }) => ({ id, name }));
  // An object reference is the address of the object's header, in eight bytes.
  const reference = Uint8Array.from(hdf5.create_object_reference(file, name));
  const address = Number(new DataView(reference.buffer).getBigUint64(0, true));
  return { name, kind: "dataset", shape, chunks, size, filters, address };
}

function index({ maxLinks }) {
  openFile();
  printed.length = 0;
  const names = hdf5.get_names(file, "/", true);
  if (names.length > maxLinks) throw new Error(`${names.length} links`);
  if (printed.length > 0) throw new Error("a group that cannot be read");
  const entries = [];
  for (const [place, name] of names.entries()) {
    // Most groups are told by what follows them, without a question.
    if (names[place + 1]?.startsWith(`${name}/`)) continue;
    printed.length = 0;
    try {
      entries.push(entryOf(name));
    } catch (error) {
      return { failed: reason(error), name };
    }
  }
  return { entries };
}

/** Boxes of a dataset, one behind the other, each in row-major order. */
function read({ name, boxes, bytes }) {
  const pointer = hdf5._malloc(bytes);
  if (pointer === 0) throw new Error(`not enough memory for ${bytes} bytes`);
  try {
    let at = pointer;
    for (const { offset, count, bytes: size } of boxes) {
      const strides = count.map(() => 1n);
      const whole = count.length === 0;
      const status = whole
        ? hdf5.get_dataset_data(file, name, null, null, null, BigInt(at))
        : hdf5.get_dataset_data(file, name, count.map(BigInt), offset.map(BigInt), strides, BigInt(at));
      succeed(status);
      at += size;
    }
    const memory = hdf5.HEAPU8.slice(pointer, pointer + bytes).buffer;
    return { memory };
  } finally {
    hdf5._free(pointer);
  }
}

const ANSWERS = { index, read };

parentPort.on("message", (question) => {
  printed.length = 0;
  systemError = undefined;
  try {
    const answer = ANSWERS[question.kind](question);
    parentPort.postMessage(answer, answer.memory === undefined ? [] : [answer.memory]);
  } catch (error) {
    const { code, syscall, message } = systemError ?? {};
    const system = systemError && { code, syscall, message };
    parentPort.postMessage({ failed: reason(error), isTrap: isTrap(error), system });
  }
});
