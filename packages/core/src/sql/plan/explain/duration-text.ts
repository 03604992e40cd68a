const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
];

/** A duration in the largest unit that divides it: `10s`, `90m`, `1500ms`. The dialect reads it back. */
export function durationText(ms: number): string {
  if (ms === 0 || !Number.isFinite(ms)) return ms === 0 ? '0s' : String(ms);
  const [size, unit] = UNITS.find(([divisor]) => ms % divisor === 0) ?? [1, 'ms'];
  return `${ms / size}${unit}`;
}
