/**
 * What a 3 x 3 filter is on an image upsampled by copying, along one axis. Between two numbers of the small image is a corner, with one
 * result on either side. The first result is at a copy of the number before the corner: of its three taps the first two meet that
 * number's copies, and the third meets the next number's. For the second result it is one and two.
 *
 * [result][number] -> the taps that meet it.
 */
export const UPSAMPLED_TAPS = [
  [[0, 1], [2]],
  [[0], [1, 2]],
] as const;
