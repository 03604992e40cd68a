import { DOWNWARD, UPWARD } from './comparators.ts';
import { NUMBER_WORDS, TIME_UNITS, type Token, VALUE_UNITS } from './token.ts';
import { isStopWord } from './vocabulary.ts';

const wordOf = (token: Token | undefined): string => (token?.t === 'word' ? token.word : '');
const isAmount = (token: Token | undefined): boolean => token?.t === 'number' || token?.t === 'duration';

/** The number has not met its unit yet: "45 mins or longer", "250 k or more" stay as they are. */
const isUnit = (word: string): boolean =>
  Object.hasOwn(TIME_UNITS, word) || Object.hasOwn(VALUE_UNITS, word) || /^(k|m|mn|bn|hundred|thousand|million|billion|dozen)$/.test(word);

/** `5 failed logins or more` is said as `5 or more failed logins`: the bound goes to its number, over one or two words. */
export function liftBound(tokens: readonly Token[]): readonly Token[] {
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.t !== 'number' && !Object.hasOwn(NUMBER_WORDS, wordOf(tokens[i]))) continue;
    for (const at of [i + 2, i + 3]) {
      const between = tokens.slice(i + 1, at);
      const isNoun = between.every(
        (t) =>
          t.t === 'word' &&
          (t.word === 'times' || !isStopWord(t.word)) &&
          !isUnit(t.word) &&
          !/^(and|or|of)$/.test(t.word) &&
          !UPWARD.has(t.word),
      );
      const isBound = wordOf(tokens[at]) === 'or' && (UPWARD.has(wordOf(tokens[at + 1])) || DOWNWARD.has(wordOf(tokens[at + 1])));
      if (!isNoun || !isBound || isAmount(tokens[at + 2]) || /^(than|then|as)$/.test(wordOf(tokens[at + 2]))) continue;
      return [...tokens.slice(0, i + 1), ...tokens.slice(at, at + 2), ...between, ...liftBound(tokens.slice(at + 2))];
    }
  }
  return tokens;
}
