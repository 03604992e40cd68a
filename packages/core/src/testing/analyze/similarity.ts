import { editDistance } from '../../sql/syntax/edit-distance.ts';

/** 0 to 1: how alike two names are; parts count besides letters (`avg_price` and `price_avg`), and abbreviations (`qty` of `quantity`). */
export function nameLikeness(a: string, b: string): number {
  const x = a.toLowerCase();
  const y = b.toLowerCase();
  if (x === y) return 1;
  const letters = 1 - editDistance(x, y, 40) / Math.max(x.length, y.length, 1);
  const parts = (s: string): string[] => s.split(/[^a-z0-9]+/).filter((p) => p !== '');
  const [p, q] = [parts(x), parts(y)];
  const shared = p.filter((part) => q.includes(part)).length / Math.max(p.length, q.length, 1);
  const contained = x.includes(y) || y.includes(x) ? 0.7 : 0;
  return Math.max(letters, shared, contained, shortens(x, y) || shortens(y, x) ? 0.6 : 0);
}

/** Whether a name is another one with letters left out: it begins alike, and has at least a third of its letters in their order. */
function shortens(short: string, long: string): boolean {
  if (short.length < 2 || short[0] !== long[0] || short.length >= long.length || short.length * 3 < long.length) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}

/** The most alike of some names, above a limit. */
export function mostAlike(name: string, among: readonly string[], least = 0.4): string[] {
  return among
    .map((other) => ({ other, score: nameLikeness(name, other) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .map(({ other }) => other);
}
