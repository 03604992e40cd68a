/** Thin spaces between thousands: they group without looking like a decimal point. */
const grouped = (text: string): string => text.replaceAll(',', '\u202f');

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const FINE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** `12 400` */
export const countText = (n: number): string => grouped(WHOLE.format(n));

/** A measured number with the digits that a reader can use. */
export const amountText = (n: number): string => (Number.isFinite(n) ? grouped(FINE.format(Number(n.toPrecision(7)))) : String(n));

/** Short, for axes: `1.2M`. */
export const compactText = (n: number): string => (Math.abs(n) >= 10_000 ? COMPACT.format(n) : amountText(n));

const DAY_MS = 86_400_000;

/** A time in UTC, as short as it is exact: midnight is a date. */
export function timeText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const iso = date.toISOString();
  if (ms % DAY_MS === 0) return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${iso.slice(11, ms % 1000 === 0 ? 19 : 23)}`;
}

/** `09:31:00`, with the day where it matters. */
export const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

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
