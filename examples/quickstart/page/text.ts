/** Thin spaces between thousands: they group without looking like a decimal point. */
const grouped = (text: string): string => text.replaceAll(',', '\u202f');

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const TWO = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SMALL = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
const PLAIN = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** `12 400` */
export const countText = (n: number): string => grouped(WHOLE.format(n));

/** A measured number as short as it is readable: two digits, so that columns align; very small ones keep two that count. */
export function amountText(n: number): string {
  if (!Number.isFinite(n)) return String(n);
  return grouped(n !== 0 && Math.abs(n) < 0.01 ? SMALL.format(n) : TWO.format(n));
}

/** A whole number or an amount, after the type of its column. */
export const numberText = (n: number, isWhole: boolean): string => (isWhole ? countText(n) : amountText(n));

/** Short, for axes: `1.2M`. */
export const compactText = (n: number): string => (Math.abs(n) >= 10_000 ? COMPACT.format(n) : grouped(PLAIN.format(n)));

const DAY_MS = 86_400_000;

/** A time in UTC, as short as it is exact: midnight is a date. */
export function timeText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const iso = date.toISOString();
  if (ms % DAY_MS === 0) return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${iso.slice(11, ms % 1000 === 0 ? 19 : 23)}`;
}

/** `4.0 s`, `2 min`, `3 d` */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${countText(ms / 60_000)} min`;
  return ms < 2 * DAY_MS ? `${countText(ms / 3_600_000)} h` : `${countText(ms / DAY_MS)} d`;
}

/** `1.4 MB` */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${countText(bytes)} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
