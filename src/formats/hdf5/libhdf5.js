// libhdf5 (h5wasm) on one file, in a thread that does nothing else: hdf5.worker.js in Node, src/web/platform/hdf5.worker.ts in browsers. It sees
// no file system but this one file, read only. Plain JavaScript, because the script of Node's thread is not compiled.

/** libhdf5 prints why it fails, outermost function first. Longer than its deepest stack. */
const MAX_LINES = 200;
const printed = [];
function note(line) {
  if (printed.length < MAX_LINES) printed.push(String(line));
}

const EIO = 29;
const FILE = "/file.h5";

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

// malloc answers null above the limit, which libhdf5 reports as an error of its own.
function limitMemory(heapBytes) {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function growWithin(pages) {
    if (this.buffer.byteLength + pages * 65_536 > heapBytes) throw new RangeError(`over ${heapBytes} bytes`);
    return grow.call(this, pages);
  };
}

/**
 * What a dataset is, or of what other kind the object is. Nearly all are datasets: to ask for the kind first would take as long as opening them,
 * and a published model has hundreds.
 */
function datasetOrKind(hdf5, file, name) {
  try {
    return hdf5.get_dataset_metadata(file, name);
  } catch (error) {
    if (isTrap(error)) throw error;
    const why = reason(error);
    const type = hdf5.get_type(file, name);
    if (type === hdf5.H5G_GROUP) return { kind: "group" };
    if (type === hdf5.H5G_TYPE) return { kind: "left", reason: "a type without data" };
    printed.length = 0;
    throw new Error(type === hdf5.H5G_DATASET ? why : "an object of an unknown kind");
  }
}

/** Links are told from what they lead to first, and never followed. */
function entryOf(hdf5, file, name) {
  const target = hdf5.get_symbolic_link(file, name);
  if (target !== null) return { name, kind: "left", reason: `a soft link to ${target}` };
  const { filename, obj_path } = hdf5.get_external_link(file, name);
  if (filename !== undefined) {
    return { name, kind: "left", reason: `a link to ${obj_path} in another file, ${filename}` };
  }
  const found = datasetOrKind(hdf5, file, name);
  if ("kind" in found) return { name, ...found };
  const { shape, chunks, size } = found;
  // Chunks alone are filtered.
  const filters = chunks === null ? [] : hdf5.get_dataset_filters(file, name).map(({ id, name }) => ({ id, name }));
  // An object reference is the address of the object's header, in eight bytes.
  const reference = Uint8Array.from(hdf5.create_object_reference(file, name));
  const address = Number(new DataView(reference.buffer).getBigUint64(0, true));
  return { name, kind: "dataset", shape, chunks, size, filters, address };
}

function index(hdf5, { maxLinks }) {
  const file = hdf5.open(FILE, hdf5.H5F_ACC_RDONLY, false, -1, -1);
  succeed(file);
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
      entries.push(entryOf(hdf5, file, name));
    } catch (error) {
      return { file, answer: { failed: reason(error), name } };
    }
  }
  return { file, answer: { entries } };
}

/** Boxes of a dataset, one behind the other, each in row-major order. */
function read(hdf5, file, { name, boxes, bytes }) {
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

/**
 * Starts libhdf5 on a file that `readAt` reads, as Node's `readSync` does but for the descriptor. Gives what answers questions, and throws
 * nothing then: failures are answers. The file is opened by the first question, which asks for the index.
 */
export async function openLibrary({ byteLength, heapBytes, readAt }) {
  Object.assign(console, { error: note, warn: note, log: () => undefined });
  limitMemory(heapBytes);
  const { ready } = await import("h5wasm");
  const hdf5 = await ready;
  /** What the system said of a read that failed inside libhdf5. */
  let systemError;
  const { FS } = hdf5;
  FS.writeFile(FILE, "");
  const { node } = FS.lookupPath(FILE);
  node.usedBytes = byteLength;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, memory, offset, length, position) {
      try {
        return readAt(memory, offset, length, position);
      } catch (error) {
        systemError = error;
        throw new FS.ErrnoError(EIO);
      }
    },
  };

  let file;

  function answerTo(question) {
    if (question.kind === "read") return read(hdf5, file, question);
    const indexed = index(hdf5, question);
    file = indexed.file;
    return indexed.answer;
  }

  return (question) => {
    printed.length = 0;
    systemError = undefined;
    try {
      return answerTo(question);
    } catch (error) {
      const { code, syscall, message } = systemError ?? {};
      const system = systemError && { code, syscall, message };
      return { failed: reason(error), isTrap: isTrap(error), system };
    }
  };
}
