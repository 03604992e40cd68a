import type { Draws } from './random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** So many lower-case letters. */
export function words(draws: Draws, length: number): string {
  let text = '';
  for (let left = length; left > 0; left -= 6) {
    let bits = draws.next();
    for (let i = Math.min(left, 6); i > 0; i--) {
      text += LETTERS[bits % 26];
      bits = Math.floor(bits / 26);
    }
  }
  return text;
}

/** Letters that bring a payload to its size, a fifth more or less. */
export function padding(draws: Draws, wanted: number, used: number): string {
  const left = wanted - used;
  if (left <= 0) return '';
  const spread = Math.floor(left / 5);
  return words(draws, left - spread + draws.below(2 * spread + 1));
}
