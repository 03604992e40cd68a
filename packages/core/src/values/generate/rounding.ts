/** Rounds to so many digits after the point; without `digits` the value stays as it is. */
export function rounding(digits: number | undefined): (value: number) => number {
  if (digits === undefined) return (value) => value;
  const factor = 10 ** digits;
  return (value) => Math.round(value * factor) / factor;
}
