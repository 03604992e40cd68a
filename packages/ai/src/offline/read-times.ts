import { comparatorAt } from './comparators.ts';
import type { Scan } from './frame.ts';
import { matchAt, use, wordsIn } from './pattern.ts';

/** `users who ordered twice within an hour`, `cards declined three or more times`: a bound on how many rows a group has. */
export function readTimes(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  if (frame.dimensions.length === 0 && frame.entity === undefined) return undefined;
  const bound = comparatorAt(scan, at);
  const from = bound?.end ?? at;
  const found =
    matchAt(tokens, from, 'once|twice|thrice') ??
    matchAt(tokens, from, '#int or more|less|fewer times') ??
    matchAt(tokens, from, '#int times or? more|less|fewer?');
  // "twice the average", "three times as many"
  // "don't count a bin twice"
  const isCounting = tokens.slice(Math.max(0, at - 4), at).some((t) => 'word' in t && /^(count|counts|counted|counting)$/.test(t.word));
  if (!found || isCounting || matchAt(tokens, found.end, 'the|as|its|their|more|less|higher|lower|larger|what')) return undefined;
  const words = wordsIn(tokens, found);
  const [said] = found.slots;
  const count = said?.t === 'number' ? said.value : ['once', 'twice', 'thrice'].indexOf(words[0] ?? '') + 1;
  const isLess = words.some((w) => /^(less|fewer)$/.test(w));
  // "not counted twice", "seen once" without a bound tell nothing of a group.
  if (!bound && count < 2) return undefined;
  use(tokens, { start: at, end: found.end }, 'compared');
  frame.scores.push(0.9);
  frame.comparisons.push({
    at,
    subject: { kind: 'measure', measure: { kind: 'aggregate', fn: 'COUNT', only: [], at } },
    operator: bound?.operator ?? (isLess ? '<=' : '>='),
    values: [count],
    isAlert: frame.alert !== undefined && at >= frame.alert.from,
    ofGroup: true,
  });
  return found.end;
}
