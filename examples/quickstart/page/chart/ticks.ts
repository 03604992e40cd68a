/** Round numbers that cover a range: 1, 2 or 5 times a power of ten apart. */
export function numberTicks(min: number, max: number, countMax: number): number[] {
  if (!(max > min)) return [min];
  const rough = (max - min) / Math.max(1, countMax);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(min / step); i * step <= max; i++) ticks.push(i * step);
  return ticks;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14].map((n) => n * DAY),
];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

export interface TimeTick {
  readonly at: number;
  readonly text: string;
}

/** Times that people name: full minutes, hours, days, first days of months. UTC. */
export function timeTicks(min: number, max: number, countMax: number): TimeTick[] {
  const step = STEPS.find((candidate) => (max - min) / candidate <= countMax);
  if (step === undefined) return monthTicks(min, max, countMax);
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(min / step) * step; at <= max; at += step) ticks.push({ at, text: tickText(at, step) });
  return ticks;
}

function tickText(at: number, step: number): string {
  const iso = new Date(at).toISOString();
  if (step >= DAY) return dayText(at);
  return step >= MINUTE ? iso.slice(11, 16) : iso.slice(11, 19);
}

const dayText = (at: number): string => new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function monthTicks(min: number, max: number, countMax: number): TimeTick[] {
  const months = (time: number): number => new Date(time).getUTCFullYear() * 12 + new Date(time).getUTCMonth();
  const span = months(max) - months(min);
  const step = MONTHS.find((candidate) => span / candidate <= countMax) ?? Math.ceil(span / countMax / 12) * 12;
  const ticks: TimeTick[] = [];
  for (let month = Math.ceil(months(min) / step) * step; ; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    if (at > max) return ticks;
    if (at >= min) ticks.push({ at, text: step >= 12 ? String(Math.floor(month / 12)) : monthText(at) });
  }
}

const monthText = (at: number): string => new Date(at).toLocaleDateString('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
