import { editDistance, splitName, stem } from '../offline/stem.ts';
import { longForm, synonymsOf } from '../offline/synonyms.ts';

const forms = (word: string): string[] => [stem(longForm(word) ?? word), ...synonymsOf(stem(longForm(word) ?? word))];

/** How much two names look like names of the same thing: words, abbreviations, meanings, letters. 0 to 1. */
export function nameLikeness(a: string, b: string): number {
  if (a.toLowerCase() === b.toLowerCase()) return 1;
  const left = splitName(a);
  const right = splitName(b);
  if (left.length === 0 || right.length === 0) return 0;
  const hits = left.filter((w) => right.some((v) => forms(w).some((f) => forms(v).includes(f)))).length;
  const words = (2 * hits) / (left.length + right.length);
  const x = left.join('');
  const y = right.join('');
  const letters = 1 - editDistance(x, y, Math.max(x.length, y.length)) / Math.max(x.length, y.length);
  return Math.max(words, letters);
}
