/**
 * Largest difference, and PSNR in decibels (peak 2), of pictures [batch, R, R, 3] from `pictures`, which holds some of them by row;
 * NaN where there is one. Throws an Error where the sizes differ.
 */
export function comparePictures(image, batch, pictures) {
  const size = image.length / batch;
  let largest = 0;
  let squares = 0;
  let count = 0;
  for (const [row, wanted] of pictures) {
    if (row >= batch) continue;
    if (wanted.length !== size) throw new Error(`expected pictures of ${wanted.length} numbers, found ${size}`);
    for (let i = 0; i < size; i++) {
      const difference = Math.abs(wanted[i] - image[row * size + i]);
      // Once it is NaN it stays so.
      if (difference > largest || Number.isNaN(difference)) largest = difference;
      squares += difference * difference;
    }
    count += size;
  }
  return { largest, decibels: 10 * Math.log10((4 * count) / squares) };
}
