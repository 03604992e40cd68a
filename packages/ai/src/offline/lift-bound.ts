import { DOWNWARD, UPWARD } from './comparators.ts';
import type { Lexicon } from './lexicon.ts';
import { splitName, stem } from './stem.ts';
import { NUMBER_WORDS, TIME_UNITS, type Token, VALUE_UNITS } from './token.ts';
import { isStopWord } from './vocabulary.ts';

const wordOf = (token: Token | undefined): string => (token?.t === 'word' ? token.word : '');
const isAmount = (token: Token | undefined): boolean => token?.t === 'number' || token?.t === 'duration';

/** The number has not met its unit yet: "45 mins or longer", "250 k or more" stay as they are. */
const isUnit = (word: string): boolean =>
  Object.hasOwn(TIME_UNITS, word) || Object.hasOwn(VALUE_UNITS, word) || /^(k|m|mn|bn|hundred|thousand|million|billion|dozen)$/.test(word);

/** What stands between a bracket and the next one that closes. */
function insideOf(tokens: readonly Token[], open: number): readonly Token[] {
  const close = tokens.findIndex((t, i) => i > open && t.t === 'mark' && t.word === ')');
  return close < 0 ? [] : tokens.slice(open + 1, close);
}

/** `(max guests)`, `(nh4)`: all words of one column's name, but for its unit. */
function isColumn(inside: readonly Token[], lexicon: Lexicon | undefined): boolean {
  const said = inside.map((t) => wordOf(t)).join(' ');
  if (said === '' || inside.some((t) => t.t !== 'word')) return false;
  return (
    lexicon?.tables.some((t) =>
      t.columns.some((c) => [c.words, c.unit === undefined ? c.words : c.words.slice(0, -1)].some((w) => w.join(' ') === said)),
    ) === true
  );
}

/** `oxygen (do_mgl)`: the name in brackets says which column is meant. */
function bracketNames(tokens: readonly Token[], lexicon: Lexicon | undefined): readonly Token[] {
  const open = tokens.findIndex(
    (t, i) => t.t === 'mark' && t.word === '(' && (tokens[i + 1]?.raw.includes('_') === true || isColumn(insideOf(tokens, i), lexicon)),
  );
  const close = open < 0 ? -1 : tokens.findIndex((t, i) => i > open && t.t === 'mark' && t.word === ')');
  const inside = tokens.slice(open + 1, close);
  if (close < 0 || inside.length === 0 || (inside.some((t) => t.start !== inside[0]?.start) && !isColumn(inside, lexicon))) return tokens;
  const [only] = inside;
  const parts: Token[] =
    inside.length === 1 && only
      ? splitName(only.raw).map((word, i) => ({ ...baseOf(only), t: 'word', word, stem: stem(word), glued: i > 0 }))
      : inside;
  const isNoun = tokens[open - 1]?.t === 'word' && !isStopWord(wordOf(tokens[open - 1]));
  return [...tokens.slice(0, isNoun ? open - 1 : open), ...parts, ...bracketNames(tokens.slice(close + 1), lexicon)];
}

const baseOf = ({ start, end, raw }: Token): { start: number; end: number; raw: string } => ({ start, end, raw });

/** `5 failed logins or more` is said as `5 or more failed logins`: the bound goes to its number, over one or two words. */
export function liftBound(said: readonly Token[], lexicon?: Lexicon): readonly Token[] {
  const tokens = bracketNames(said, lexicon);
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
      const isBound = /^(or|and)$/.test(wordOf(tokens[at])) && (UPWARD.has(wordOf(tokens[at + 1])) || DOWNWARD.has(wordOf(tokens[at + 1])));
      if (!isNoun || !isBound || isAmount(tokens[at + 2]) || /^(than|then|as)$/.test(wordOf(tokens[at + 2]))) continue;
      return [...tokens.slice(0, i + 1), ...tokens.slice(at, at + 2), ...between, ...liftBound(tokens.slice(at + 2))];
    }
  }
  return tokens;
}
