/** Narrow no-break space: between a number and its unit. */
const THIN = '\u202f';

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** All digits, in groups: `412,000`. */
export const countText = (value: number): string => grouped.format(value);

/** Short for lists: `1.2M`, `450K`, `999`. */
export const compactText = (value: number): string => short.format(value);

export const unitText = (value: number | string, unit: string): string => `${value}${THIN}${unit}`;

/** One noun with its number: `1 row`, `3 rows`. */
export const pluralText = (count: number, one: string, many = `${one}s`): string => `${countText(count)} ${count === 1 ? one : many}`;

const STEPS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A duration in the largest fitting unit: `850 ms`, `1.2 s`, `3 min`. */
export function durationText(ms: number): string {
  if (ms > 0 && ms < 1) return unitText('<1', 'ms');
  for (const [size, unit] of STEPS) if (ms >= size) return unitText(grouped.format(Math.round((ms / size) * 10) / 10), unit);
  return unitText(Math.round(ms), 'ms');
}

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

export function bytesText(bytes: number): string {
  let value = bytes;
  let at = 0;
  while (value >= 1024 && at < BYTES.length - 1) {
    value /= 1024;
    at++;
  }
  return unitText(grouped.format(Math.round(value * 10) / 10), BYTES[at] as string);
}

/** A rate: `1.2K rows/s`. */
export const rateText = (perSecond: number, what = 'rows'): string => unitText(compactText(perSecond), `${what}/s`);

export const percentText = (ratio: number): string => unitText(Math.round(ratio * 100), '%');
