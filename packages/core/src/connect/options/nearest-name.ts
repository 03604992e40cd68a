import { editDistance } from '../../sql/syntax/edit-distance.ts';

/** The name among `known` that was probably meant; case and separators do not count. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[._-]/g, '');
  const wanted = plain(name).slice(0, 64);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, plain(candidate).slice(0, 64), limit);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
