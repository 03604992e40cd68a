import type { StatementOutline } from '../sql/bind/outline-script.ts';

const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

/** `300000` → `5 minutes`. */
export function durationText(ms: number): string {
  const unit = UNITS.find(([size]) => ms % size === 0 && ms >= size);
  if (!unit) return `${ms} ms`;
  const n = ms / unit[0];
  return `${n} ${unit[1]}${n === 1 ? '' : 's'}`;
}

const NAMES_MAX = 8;
const listed = (names: readonly string[]): string =>
  names.length > NAMES_MAX
    ? `${names.slice(0, NAMES_MAX - 2).join(', ')} and ${names.length - NAMES_MAX + 2} more`
    : names.length <= 1
      ? (names[0] ?? '')
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1) as string}`;

/** A condition that is longer than a line is begun. */
const WHERE_MAX = 100;
const short = (text: string): string => (text.length <= WHERE_MAX ? text : `${text.slice(0, WHERE_MAX).replace(/\s+\S*$/, '')} …`);

/** One sentence on what a query does, made from the bound query. */
export function describeQuery(s: StatementOutline): string {
  const values = s.columns.filter((c) => !c.isGroupKey).map((c) => c.name);
  const keys = s.columns.filter((c) => c.isGroupKey && !/^window_(start|end)$/.test(c.name)).map((c) => c.name);
  const what = s.aggregations.length > 0 ? `Computes ${listed(values)}` : `Reads ${listed(values) || 'all columns'}`;
  const per = s.hasGroupBy && keys.length > 0 ? ` per ${listed(keys)}` : '';
  const from = s.reads.length > 0 ? ` from ${listed(s.reads)}` : '';
  const tail = [
    s.where === undefined ? '' : ` where ${short(s.where)}`,
    windowPhrase(s.window),
    s.limit === undefined ? '' : `, the ${s.ordered ? 'first' : 'next'} ${s.limit} rows`,
    emitPhrase(s),
  ].join('');
  const sink = s.writes[0] ?? s.makes;
  return `${what}${per}${from}${tail}${sink === undefined ? '' : `, into ${sink}`}.`;
}

function windowPhrase(w: StatementOutline['window']): string {
  if (!w) return '';
  if (w.kind === 'session') return `, in sessions that end after ${durationText(w.sizeMs)} of silence`;
  if (w.kind === 'sliding') return `, over the last ${durationText(w.sizeMs)} every ${durationText(w.advanceMs ?? w.sizeMs)}`;
  return `, in windows of ${durationText(w.sizeMs)}`;
}

function emitPhrase(s: StatementOutline): string {
  if (s.aggregations.length === 0 && !s.window) return '';
  return s.emit === 'final' ? ', once when a window closes' : ', with each change';
}
