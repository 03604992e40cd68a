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
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = edits(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Letters to insert, delete or replace, and neighbours to swap, to make `b` of `a`. */
export function edits(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
