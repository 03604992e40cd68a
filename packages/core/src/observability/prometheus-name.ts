/** Who serves the metric: our runtime, or a Velostream server, which registers names as they are written. */
export type MetricTarget = 'embedded' | 'velostream-server';

/**
 * Name of an annotated metric on the wire. Ours carry the prefix `velostream_` and counters end in `_total`; names that
 * already do are left alone. A Velostream server uses the annotation's name as it stands.
 *
 * @example prometheusName({ name: 'trade_volume', type: 'counter' }) // velostream_trade_volume_total
 */
export function prometheusName(
  metric: { readonly name: string; readonly type: 'counter' | 'gauge' | 'histogram' },
  target: MetricTarget = 'embedded',
): string {
  if (target === 'velostream-server') return metric.name;
  const prefixed = /^velo(stream)?_/.test(metric.name) ? metric.name : `velostream_${metric.name}`;
  return metric.type === 'counter' && !prefixed.endsWith('_total') ? `${prefixed}_total` : prefixed;
}

/** Any text as a metric or label name: letters, digits and `_`, no digit in front. */
export function safeName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[0-9]/.test(name) ? `_${name}` : name || '_';
}

/** Label of a (dotted) column path: `metadata.region` is `metadata_region`. */
export const labelName = (column: string): string => safeName(column);

/** Text as lower-case words joined by hyphens, for ids, uids and file names. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'app';

/** Milliseconds as Prometheus writes them: `5m`, `90s`, `1h30m`, `250ms`. */
export function promDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}ms`;
  let rest = Math.round(ms / 1000);
  let text = '';
  for (const [unit, seconds] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}
