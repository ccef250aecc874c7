// What the readers use of `node:process`. A worker is not told of its end: what it leaves is removed at the next start (scratch.ts).

function ignore(): void {
  // There is no such event.
}

export default { pid: 1, on: ignore, off: ignore };
