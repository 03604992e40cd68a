/** Short forms of column names that stand for one word alone. */
const SAFE: Readonly<Record<string, string>> = { avg: 'average', qty: 'quantity', cnt: 'count', amt: 'amount', pct: 'percent' };

/** Those that mean it only as a part of a longer name: "every 5 min" is no lowest value. */
const PARTS: Readonly<Record<string, string>> = {
  ...SAFE,
  min: 'lowest',
  max: 'highest',
  num: 'number of',
  std: 'standard deviation of',
  stddev: 'standard deviation of',
  ts: 'time',
};

/** Units at the end of a name: `latency_ms` is a latency in milliseconds. */
const UNITS: ReadonlySet<string> = new Set(['ms', 'kb', 'mb', 'gb', 'km', 'kg', 'kwh', 'usd', 'eur', 'gbp']);
const SPELLED_AS: Readonly<Record<string, string>> = { kb: 'kB', km: 'km', kg: 'kg', kwh: 'kWh', ms: 'ms', ids: 'IDs', urls: 'URLs' };

/** Words that people write in capitals. */
const CAPITALS =
  /^(?:vwap|twap|ohlc|id|ids|ip|url|urls|uri|api|http|https|sql|csv|json|cpu|gpu|ram|os|kb|mb|gb|kwh|usd|eur|gbp|vat|sku|iban|isin|pnl|kpi|ctr|cpc|cpm|roi|gmv|slo|sla|utc|tcp|udp|dns|tls|iot|cdc|p\d{2,3})$/;

const spelledWord = (word: string, words: Readonly<Record<string, string>>): string => {
  const lower = word.toLowerCase();
  const long = Object.hasOwn(words, lower) ? words[lower] : undefined;
  return long ?? SPELLED_AS[lower] ?? (CAPITALS.test(lower) ? lower.toUpperCase() : word);
};

/** `avg_price` → `average price`, `vwap` → `VWAP`, `p95_latency_ms` → `P95 latency in ms`: a column's or a source's name as a person writes it. */
export function spelledName(name: string): string {
  const parts = name
    .replace(/([a-z\d])([A-Z])(?=[a-z])/g, '$1_$2')
    .split('_')
    .filter((part) => part !== '');
  if (parts.length < 2) return spelledWord(name, SAFE);
  const isNamed = !/[A-Z]{2}|-/.test(name);
  const words = parts.map((part) => spelledWord(isNamed ? part.toLowerCase() : part, PARTS));
  const unit = UNITS.has(parts.at(-1)?.toLowerCase() ?? '') && parts.length > 1 ? words.pop() : undefined;
  return unit === undefined ? words.join(' ') : `${words.join(' ')} in ${unit}`;
}

const QUOTED_OR_NAME = /"[^"]*"|'[^']*'|[\p{L}\d]+(?:_+[\p{L}\d]+)*/gu;

/** A sentence whose names and abbreviations are spelled; what stands in quotes is left as it is. */
export const spelledWords = (text: string): string =>
  text.replace(QUOTED_OR_NAME, (part) => (/^["']/.test(part) || /[\p{Lu}]/u.test(part) ? part : spelledName(part)));

/** A name as a heading: every word with a capital. */
export const headingOf = (name: string): string =>
  spelledName(name.replaceAll('-', '_')).replace(/(^|\s)(\p{Ll})/gu, (_all, space: string, letter: string) => space + letter.toUpperCase());
