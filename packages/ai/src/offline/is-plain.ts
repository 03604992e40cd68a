import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { lexiconOf } from './lexicon.ts';
import { tokenise } from './token.ts';
import { isKnownWord } from './vocabulary.ts';

/** Words of the plainest questions: an aggregate, what it is grouped by, a window, a bound. */
const PLAIN =
  /^(show|me|list|count|number|average|avg|mean|sum|total|min|max|minimum|maximum|median|distinct|unique|second|seconds|per|by|each|every|the|a|of|all|and|over|above|below|under|more|than|minute|minutes|hour|hours|day|days|hourly|daily|windows?)$/;

/** Figures that are known by a word for them, which may be a word of the schemas as well. */
const FIGURE = /range|swing|spread|vwap|revenue|turnover|gmv|notional|takings|sales?$|earn|income|sp[ae]n[dt]|value|worth|volume/;

/**
 * Whether a question may need what a page loads with the first such question: anything but a few plain words and the names that the schemas
 * know. Wider than what is read there, so that loading it changes no other answer.
 */
export function needsRareKinds({ prompt, schemas, glossary, previousSql }: NlToSqlRequest): boolean {
  if (previousSql !== undefined) return true;
  const { words } = lexiconOf(schemas, glossary);
  const tokens = tokenise(prompt);
  // "messages per conversation by channel" is a ratio.
  const groups = tokens.filter((token) => token.t === 'word' && /^(per|by|each|every)$/.test(token.word));
  if (groups.length > 1) return true;
  return tokens.some((token) => {
    if (token.t === 'word')
      return !PLAIN.test(token.word) && (!words.has(token.stem) || isKnownWord(token.word) || FIGURE.test(token.word));
    if (token.t === 'number') return token.unit !== undefined;
    return token.t === 'mark' ? !/^[,.?]$/.test(token.word) : token.t !== 'duration';
  });
}
