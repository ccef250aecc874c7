export function comparePictures(
  image: Float32Array,
  batch: number,
  pictures: ReadonlyMap<number, ArrayLike<number>>,
): { largest: number; decibels: number };
