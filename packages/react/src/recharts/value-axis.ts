import type { ChartData } from '../chart/chart-data.ts';

/** Where an axis of values begins and ends, the places in between, and how each is written. */
export interface ValueAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly text: (value: number) => string;
}

const INTERVALS = 4;
const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
];
/** Thousands are written out up to here: 200 to 1,000 reads better than 0.2K to 1.0K. */
const WHOLE_MAX = 10_000;

/** 1, 2 or 5 times a power of ten: steps that people count in. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

const decimalsOf = (step: number): number => Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
const written = new Map<string, (value: number) => string>();

/** Values of one axis with one number of decimals and one unit, so that they stand below each other: `0.0050`, `0.0100`. The same function each time. */
export function tickText(step: number, largest: number): (value: number) => string {
  const [size, unit] = UNITS.find(([each]) => largest >= Math.max(each, WHOLE_MAX)) ?? [1, ''];
  const decimals = decimalsOf(step / size);
  const key = `${size} ${decimals}`;
  let text = written.get(key);
  if (!text) {
    const shown = new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    text = (value) => (value === 0 ? '0' : `${shown.format(value / size)}${unit}`);
    written.set(key, text);
  }
  return text;
}

/** Round places from the lowest to the highest value; around a single value there is some room. */
export function valueAxis(low: number, high: number): ValueAxis {
  const [from, to] = low < high ? [low, high] : low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  const step = roundStep((to - from) / INTERVALS);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  // Multiples, not sums: a sum of tenths drifts.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  const largest = Math.max(Math.abs(ticks[0] ?? 0), Math.abs(ticks.at(-1) ?? 0));
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks, text: tickText(step, largest) };
}

/** The axis of what is drawn: lines begin near their lowest value, bars and areas at zero; areas lie upon each other. */
export function axisOf({ points }: Pick<ChartData, 'points'>, kind: 'line' | 'area' | 'bar'): ValueAxis {
  let low = kind === 'line' ? Number.POSITIVE_INFINITY : 0;
  let high = kind === 'line' ? Number.NEGATIVE_INFINITY : 0;
  for (const { values } of points) {
    let sum = 0;
    for (const value of values) {
      if (value === null) continue;
      sum += value;
      const at = kind === 'area' ? sum : value;
      if (at < low) low = at;
      if (at > high) high = at;
    }
  }
  return low <= high ? valueAxis(low, high) : valueAxis(0, 1);
}
