/** The fewest equal parts of the queries whose scores (float32, one image) fit the bound. */
export function partCount(positions: number, sources: number, maxScoreBytes: number): number {
  for (let parts = 1; parts < positions; parts++) {
    if (positions % parts === 0 && (positions / parts) * sources * 4 <= maxScoreBytes) return parts;
  }
  return positions;
}
