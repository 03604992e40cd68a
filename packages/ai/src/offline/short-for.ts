/** Whether a short name is the long word cut down: its beginning, or its consonants in order. */
export function isShortFor(short: string, word: string): boolean {
  if (short[0] !== word[0] || short.length < 3 || word.length < short.length + 2) return false;
  if (word.startsWith(short)) return true;
  if (/[aeiou]/.test(short.slice(1)) && !word.startsWith(short.slice(0, 3))) return false;
  let at = 0;
  for (const letter of word) if (letter === short[at]) at++;
  return at === short.length && short.length >= word.replace(/[aeiou]/g, '').length - 2;
}
