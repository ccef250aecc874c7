/** Runs through the pictures of a strip, to and fro. */
export interface Player {
  readonly playing: boolean;
  /** Pictures a second. */
  setSpeed(speed: number): void;
  setLength(length: number): void;
  play(from: number): void;
  pause(): void;
}

/** The picture that is shown after `ticks` steps from the first one, forwards, then backwards, then again. */
export function pingPong(ticks: number, length: number): number {
  if (length < 2) return 0;
  const period = 2 * (length - 1);
  const at = ticks % period;
  return at < length ? at : period - at;
}

/** Shows a picture on the display's own beat; `onFrame` gets its index when it changes. */
export function createPlayer(onFrame: (index: number) => void): Player {
  let [speed, length] = [12, 2];
  let request: number | undefined;
  let [ticks, shown, last] = [0, -1, 0];

  function beat(now: number): void {
    // After a hidden tab the strip goes on from where it was.
    ticks += (Math.min(now - last, 250) * speed) / 1000;
    last = now;
    const index = pingPong(Math.floor(ticks), length);
    if (index !== shown) onFrame(index);
    shown = index;
    request = requestAnimationFrame(beat);
  }

  return {
    get playing() {
      return request !== undefined;
    },
    setSpeed(next) {
      speed = next;
    },
    setLength(next) {
      length = next;
    },
    play(from) {
      if (request !== undefined) return;
      ticks = from;
      last = performance.now();
      request = requestAnimationFrame(beat);
    },
    pause() {
      if (request !== undefined) cancelAnimationFrame(request);
      request = undefined;
    },
  };
}
