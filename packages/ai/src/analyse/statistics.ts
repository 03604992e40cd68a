/** Value below which a share of sorted numbers lies. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}

export const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
export const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);
export const median = (numbers: readonly number[]): number => quantile(sorted(numbers), 0.5);

/** Two significant digits: a threshold that people would write. */
export function roundTo(value: number, digits = 2): number {
  if (!Number.isFinite(value) || value === 0) return 0;
  const scale = 10 ** (digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return Number((Math.round(value * scale) / scale).toPrecision(digits + 1));
}

/** Slope by the median of all pairs: outliers do not turn it. */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes: number[] = [];
  for (let i = 0; i < points.length; i++)
    for (let j = i + 1; j < points.length; j++) {
      const a = points[i] as { x: number; y: number };
      const b = points[j] as { x: number; y: number };
      if (b.x !== a.x) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  return slopes.length === 0 ? 0 : median(slopes);
}

/** Distinct values of a whole, estimated from those of a sample (Chao): seen + singles² / 2·doubles. */
export function chao(values: readonly unknown[]): { readonly seen: number; readonly estimate: number } {
  const counts = new Map<unknown, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  let once = 0;
  let twice = 0;
  for (const n of counts.values()) {
    if (n === 1) once++;
    else if (n === 2) twice++;
  }
  const more = twice > 0 ? (once * once) / (2 * twice) : (once * (once - 1)) / 2;
  return { seen: counts.size, estimate: Math.round(counts.size + more) };
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const n = Math.min(a.length, b.length);
  if (n < 3) return 0;
  const ma = mean(a.slice(0, n));
  const mb = mean(b.slice(0, n));
  let top = 0;
  let va = 0;
  let vb = 0;
  for (let i = 0; i < n; i++) {
    const da = (a[i] as number) - ma;
    const db = (b[i] as number) - mb;
    top += da * db;
    va += da * da;
    vb += db * db;
  }
  return va === 0 || vb === 0 ? 0 : top / Math.sqrt(va * vb);
}
