/** How far a plan is: pictures drawn, of how many. More are foreseen when a step turns out to be needed. */
export interface PictureCount {
  foresee(more: number): void;
  drawn(): void;
}

/** Tells `onProgress` how many pictures are drawn, of how many. */
export function countPictures(onProgress: (done: number, total: number) => void = () => undefined): PictureCount {
  let [done, total] = [0, 0];
  return {
    foresee(more) {
      total += more;
    },
    drawn() {
      done++;
      onProgress(done, Math.max(done, total));
    },
  };
}
