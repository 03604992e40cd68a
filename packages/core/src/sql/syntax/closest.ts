import { editDistance } from './edit-distance.ts';

/** The candidate nearest to `word` by edits, when it is near enough to be meant: at most a third of the letters, two at least. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  return nearest(word, candidates, Math.max(2, Math.floor(word.length / 3)));
}

/** The candidate that `word` is a slip of the hand away from: one edit in a word of up to four letters, else two. */
export function slipOf(word: string, candidates: Iterable<string>): string | undefined {
  return word.length < 3 ? undefined : nearest(word, candidates, word.length <= 4 ? 1 : 2);
}

function nearest(word: string, candidates: Iterable<string>, limit: number): string | undefined {
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, least - 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
