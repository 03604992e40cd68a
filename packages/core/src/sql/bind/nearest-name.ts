import { editDistance } from '../syntax/edit-distance.ts';

/** Names are compared up to this length; longer ones are no typing errors. */
const LENGTH_MAX = 64;

/** The name that was probably meant, ignoring case: at most 2 edits away, 1 for names of up to 4 letters; undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LENGTH_MAX) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = (name.length <= 4 ? 1 : 2) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least - 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
