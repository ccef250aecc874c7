import { expect, test } from "vitest";
import type { Steps } from "../../../src/runtime/reference/tensor64.js";
import { createTurns, finish } from "../../../src/runtime/reference/turns.js";

/** Some milliseconds of work in steps, of which none waits for anything. */
function* work(milliseconds: number): Steps<number> {
  const end = performance.now() + milliseconds;
  let steps = 0;
  for (; performance.now() < end; steps++) yield;
  return steps;
}

test.each([
  ["one long computation", 1, 400],
  ["many short ones, one after another", 80, 5],
])("%s: the event loop has its turn before the end", async (_, count, milliseconds) => {
  let isOver = false;
  const heard = new Promise<boolean>((resolve) => setTimeout(() => resolve(isOver), 1));
  for (let computation = 0; computation < count; computation++) {
    await finish(work(milliseconds), createTurns(undefined));
  }
  isOver = true;
  expect(await heard).toBe(false);
});
