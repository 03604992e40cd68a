import type { Rng } from '../runtime/ports.ts';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A short id such as `nb_k3x9…`; 12 characters of a 32-letter alphabet are 60 bits. */
export function newId(prefix: string, rng: Rng): string {
  let text = '';
  for (let i = 0; i < 12; i++) text += ALPHABET[Math.floor(rng.next() * ALPHABET.length)];
  return `${prefix}_${text}`;
}
