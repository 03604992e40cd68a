import { wordsTo } from './word-table.ts';

const IRREGULAR: Readonly<Record<string, string>> = wordsTo(
  'person people; buy bought; sell sold; spend spent; pay paid; send sent; succe success successful successfully succeeded succeed; fraud fraudulent fraudulently; anomal anomalous anomaly anomalies; index indices; child children kid kids; man men; woman women; data data; status status statuses; bus bus buses; gas gas; ms ms; win won; loss lost losing lose loses; color colour colours; cancel canceled cancelled cancellation cancellations; unsucce unsuccessful unsuccessfully; lowest lowest; best best; charg charged; meter metre; ship shipping shipped; latenc latencies latency; series series; loaf loaves; shelf shelves; half halves; leaf leaves; calf calves; knife knives; thief thieves; wolf wolves; news news; express express; heating heating; during during; bid bid; us used; see saw seen seeing; find found; write wrote written; break broke broken; driv drove driven; steal stole stolen; freez froze frozen; choos chose chosen; speak spoke spoken; fall fell fallen; catch caught; wear wore worn; eat ate eaten; know knew known; forget forgot forgotten; build built; bring brought; produc production productions; redeem redemption redemptions redeemed',
);

const undouble = (word: string): string => (/([bdfgklmnprtv])\1$/.test(word) && word.length > 3 ? word.slice(0, -1) : word);

/** Common root of a word's forms: `refunds`, `refunded`, `refunding` → `refund`. Rough on purpose; both sides of a comparison go through it. */
export function stem(text: string): string {
  let word = text.toLowerCase();
  const known = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (known !== undefined) return known;
  if (word.length <= 3) return word.endsWith('s') && word.length === 3 && !/(ss|us|is|as)$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith('ies')) word = `${word.slice(0, -3)}y`;
  else if (/(ches|shes|xes|zes|sses)$/.test(word)) word = word.slice(0, -2);
  else if (word.endsWith('s') && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word] ?? word;
  if (word.endsWith('ing') && word.length > 5) word = undouble(word.slice(0, -3));
  else if (word.endsWith('ed') && word.length > 4 && !word.endsWith('eed')) word = undouble(word.slice(0, -2));
  else if (word.endsWith('ations') || word.endsWith('ation')) word = word.replace(/ations?$/, '');
  else if (word.endsWith('ion') && word.length > 5) word = word.slice(0, -3);
  else if (word.endsWith('ure') && word.length > 5) word = word.slice(0, -3);
  else if (/[a-z]{2}(iv|ov|us|ew|aw|iev)al$/.test(word)) word = word.slice(0, -2);
  if (word.length > 4 && /(ery|ory|ary)$/.test(word)) word = word.slice(0, -1);
  else if (word.endsWith('y') && word.length > 4) word = word.slice(0, -1);
  else if (word.endsWith('e') && word.length > 3) word = word.slice(0, -1);
  if (word.endsWith('ul') && word.length > 5) word = word.slice(0, -2);
  return word;
}

const split = new Map<string, readonly string[]>();
const KEPT_MAX = 5_000;

/** Words of a name: `unitPrice`, `unit_price`, `unit-price` → `unit`, `price`. Kept, because names of columns are asked for again and again. */
export function splitName(name: string): readonly string[] {
  let words = split.get(name);
  if (!words) {
    if (split.size >= KEPT_MAX) split.clear();
    words = wordsOfName(name);
    split.set(name, words);
  }
  return words;
}

const wordsOfName = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .flatMap((part) => part.match(/[A-Za-z]+|\d+/g) ?? [])
    .map((part) => part.toLowerCase());

/** Edits between two words, swaps of neighbours counted once; stops counting above `max`. */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > max) return max + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? max + 1;
}
