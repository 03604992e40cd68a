/** Words that mean much the same in names of columns; the first stands for its group. */
const GROUPS: readonly (readonly string[])[] = [
  ['user', 'customer', 'client', 'account', 'member', 'buyer', 'cust', 'usr', 'subscriber', 'shopper'],
  ['amount', 'amt', 'value', 'total', 'sum', 'price', 'cost', 'charge'],
  ['time', 'timestamp', 'ts', 'datetime', 'date', 'at', 'occurred', 'created', 'when'],
  ['quantity', 'qty', 'size', 'volume', 'units', 'count', 'shares'],
  ['symbol', 'ticker', 'instrument', 'security', 'asset'],
  ['product', 'item', 'sku', 'article'],
  ['host', 'server', 'node', 'machine', 'instance'],
  ['message', 'msg', 'text', 'body', 'line'],
  ['level', 'severity', 'priority', 'lvl'],
  ['latency', 'duration', 'elapsed', 'took', 'response', 'ms', 'millis'],
  ['status', 'state', 'code', 'result', 'outcome'],
  ['latitude', 'lat'],
  ['longitude', 'lon', 'lng', 'long'],
  ['merchant', 'store', 'vendor', 'seller', 'shop'],
  ['region', 'country', 'area', 'zone', 'location', 'territory', 'geo', 'market'],
  ['device', 'sensor', 'unit', 'meter', 'thing'],
  ['temperature', 'temp'],
  ['session', 'visit'],
  ['page', 'url', 'path', 'screen', 'route', 'endpoint', 'uri'],
  ['order', 'purchase', 'txn', 'transaction', 'trade'],
  ['event', 'action', 'activity'],
  ['type', 'kind', 'category', 'class'],
  ['service', 'application', 'app', 'component', 'system'],
  ['agent', 'bot', 'model'],
  ['confidence', 'score', 'probability'],
  ['operation', 'op'],
  ['identifier', 'id', 'key', 'uuid', 'no', 'number', 'num', 'ref'],
];

const REPRESENTATIVE: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap((group) => group.map((word) => [word, group[0] as string] as const)),
);

/** Words of a column's name: `customerID`, `customer_id` and `customer-id` are alike. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== '');

/** 0 to 1: how likely two names mean one thing. */
export function nameSimilarity(left: string, right: string): number {
  if (left === right) return 1;
  const [a, b] = [wordsOf(left), wordsOf(right)];
  if (a.join(' ') === b.join(' ')) return 0.99;
  return Math.max(wordScore(a, b), 0.9 * jaroWinkler(a.join(''), b.join('')) - 0.15);
}

function wordScore(a: readonly string[], b: readonly string[]): number {
  const rest = [...b];
  let matched = 0;
  for (const word of a) {
    const same = rest.indexOf(word);
    const at = same >= 0 ? same : rest.findIndex((other) => isSynonym(word, other));
    if (at < 0) continue;
    matched += same >= 0 ? 1 : 0.88;
    rest.splice(at, 1);
  }
  if (matched === 0) return 0;
  const dice = (2 * matched) / (a.length + b.length);
  // All words of the shorter name are in the longer one: `amount` in `transaction_amount`.
  const contained = (matched / Math.min(a.length, b.length)) * (0.93 - 0.05 * Math.abs(a.length - b.length));
  return Math.max(dice, Math.min(0.95, contained));
}

function isSynonym(left: string, right: string): boolean {
  const group = REPRESENTATIVE.get(left);
  return group !== undefined && group === REPRESENTATIVE.get(right);
}

/** Similarity of two words by shared letters and a shared beginning (Jaro and Winkler). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Array<boolean>(b.length).fill(false);
  const left: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = true;
      left.push(a[i] as string);
      break;
    }
  }
  if (left.length === 0) return 0;
  const right = [...b].filter((_, j) => taken[j]);
  const swapped = left.filter((letter, i) => letter !== right[i]).length / 2;
  const m = left.length;
  const jaro = (m / a.length + m / b.length + (m - swapped) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] === b[prefix] && prefix < a.length) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
