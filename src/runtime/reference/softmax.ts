/** exp(row) / sum of exp(row), in place. The maximum is subtracted first: the result is the same and exp cannot overflow. */
export function softmax(row: Float64Array): void {
  let maximum = -Infinity;
  for (const value of row) maximum = Math.max(maximum, value);
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    const power = Math.exp((row[i] ?? 0) - maximum);
    row[i] = power;
    sum += power;
  }
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) / sum;
}
