import { durationText } from './quantity-text.ts';

/** A moment in UTC to the second: `2026-01-05 09:00:00`; the bare number where a Date cannot hold it. */
export function exactTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime())
    ? String(ms)
    : date
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, '');
}

/** Whole units: nobody wants the tenth of a day. */
function coarse(ms: number): number {
  const unit = ms >= 86_400_000 ? 86_400_000 : ms >= 3_600_000 ? 3_600_000 : ms >= 60_000 ? 60_000 : 1_000;
  return Math.floor(ms / unit) * unit;
}

/** How long ago: `12 s ago`, `just now`; `in 3 min` for what is to come. */
export function relativeTime(ms: number, now: number): string {
  const age = now - ms;
  if (Math.abs(age) < 1_000) return 'just now';
  return age > 0 ? `${durationText(coarse(age))} ago` : `in ${durationText(coarse(-age))}`;
}
