import type { TableSchema } from '@velostream/core/protocol';
import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { lexiconOf } from './lexicon.ts';
import { isShortFor } from './short-for.ts';
import { tokenise } from './token.ts';
import { aggregateOf, isKnownWord } from './vocabulary.ts';

/** Words of the plainest questions: an aggregate, what it is grouped by, a window, a bound. */
const PLAIN =
  /^(show|me|list|count|number|average|avg|mean|sum|total|min|max|minimum|maximum|median|distinct|unique|second|seconds|per|by|each|every|the|a|of|all|and|over|above|below|under|more|than|minute|minutes|hour|hours|day|days|hourly|daily|windows?)$/;

/** Figures that are known by a word for them, which may be a word of the schemas as well; and what is written down where it happens. */
const FIGURE =
  /note|text|code|comment|remark|incident|complain|diseas|coupon|(?:n|le)age|range|swing|spread|vwap|revenue|turnover|gmv|notional|takings|sales?$|earn|income|sp[ae]n[dt]|value|worth|volume|^(?:units|items|pieces|articles|goods)$/;

const hasSpan = (schema: TableSchema): boolean => schema.columns.some((c) => /^(?:seconds|minutes|hours|days)$/i.test(c.name));

/**
 * Whether a question may need what a page loads with the first such question: anything but a few plain words and the names that the schemas
 * know. Wider than what is read there, so that loading it changes no other answer.
 */
export function needsRareKinds({ prompt, schemas, glossary, previousSql }: NlToSqlRequest): boolean {
  // "refund order 12" may be an order to do so, which is refused there.
  const first = /^\s*([a-z]+) (?:\w+ )?[#\d]/i.exec(prompt)?.[1]?.toLowerCase();
  if (previousSql !== undefined || (first !== undefined && !PLAIN.test(first))) return true;
  // "by number of rooms", "cost per 100 loaves", "per minute of baking", "calories per minute" beside minutes: groups, ratios.
  if (
    /\bby (?:the )?number of\b|\b(?:distinct|unique) \w+ counts?\b|\bper (?:\d|(?:second|minute|hour|day) (?:of|at|in|on)\b)/i.test(prompt)
  )
    return true;
  if (/\bper (?:second|minute|hour|day)\b/i.test(prompt) && Object.values(schemas).some(hasSpan)) return true;
  const { words, byFirst, rawWords, rawStems, shortWords } = lexiconOf(schemas, glossary);
  const tokens = tokenise(prompt);
  // "pages with over 1000 distinct users per day": a bound of a figure is of whatever is named first.
  const says = (pattern: RegExp): boolean => tokens.some((token) => token.t === 'word' && pattern.test(token.word));
  if (says(/^(over|above|below|under|than)$/) && (tokens.some((t) => t.t === 'duration') || says(/^(minute|hour|day|hourly|daily)$/)))
    return true;
  // "messages per conversation by channel" is a ratio.
  const groups = tokens.filter((token) => token.t === 'word' && /^(per|by|each|every)$/.test(token.word));
  if (groups.length > 1) return true;
  // "of white and of black": values that may be all there are.
  const isValue = (token: (typeof tokens)[number]): boolean =>
    token.t === 'word' && byFirst.get(token.stem)?.some((e) => e.target.kind === 'value') === true;
  if (/,| and /.test(prompt) && tokens.filter(isValue).length > 1) return true;
  // "orders and revenue by city": rows in a list of figures are counted. "bookings" of a status booked may be the rows.
  const isFigure = (i: number): boolean => {
    const token = tokens[i];
    return (
      token?.t === 'word' &&
      (aggregateOf(token.word) !== undefined ||
        byFirst.get(token.stem)?.some(({ target }) => target.kind === 'column' && target.ref.kind === 'number') === true)
    );
  };
  const isListed = (i: number): boolean => [-1, 1].some((by) => /^(?:and|,)$/i.test(tokens[i + by]?.raw ?? '') && isFigure(i + 2 * by));
  const isCounted = tokens.some(
    (token, i) =>
      token.t === 'word' &&
      byFirst
        .get(token.stem)
        ?.some(({ target }) =>
          target.kind === 'table'
            ? isListed(i)
            : target.kind === 'value' && /(?:ing|ment|rie|ry|al|tion)s?$/.test(token.word) && /ed$/.test(String(target.value)),
        ),
  );
  if (isCounted) return true;
  // "number of escalations per removal" divides by rows of that value.
  const grouped = tokens[tokens.findIndex((token) => token === groups[0]) + 1];
  if (groups[0] && grouped?.t === 'word' && byFirst.get(grouped.stem)?.some((e) => e.target.kind === 'value')) return true;
  return tokens.some((token, i) => {
    // "window" of a column win: a word that a name is short for.
    if (token.t === 'word' && !rawWords.has(token.word) && !rawStems.has(token.stem))
      if ((!words.has(token.stem) && words.has(token.word.slice(0, -1))) || [...shortWords].some((short) => isShortFor(short, token.word)))
        return true;
    if (token.t === 'word')
      return !PLAIN.test(token.word) && (!words.has(token.stem) || isKnownWord(token.word) || FIGURE.test(token.word));
    if (token.t === 'number') {
      const before = tokens[i - 1];
      // "404 requests": a status code.
      const isCode = /^[1-5]\d\d$/.test(token.raw) && !(before?.t === 'word' && /^(over|above|below|under|than)$/.test(before.word));
      return isCode || token.unit !== undefined;
    }
    return token.t === 'mark' ? !/^[,.?]$/.test(token.word) : token.t !== 'duration';
  });
}
