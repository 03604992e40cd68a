import type { NlToSqlResult } from '@velostream/core/protocol/assist';
import { partsOf } from '../offline/sql-parts.ts';

/** What goes on from what was said before, in whatever words the rest is. */
const GOES_ON =
  /^\s*(?:(?:ok(?:ay)?|now|please|can you|could you)[,\s]+)*(?:also|and|but|then|add|make|change|set|use|switch|replace|turn|instead|only|just|limit|restrict|filter|keep|remove|drop|without|with|exclud\w*|includ\w*|no|not|same|leave|skip|what about|how about|where|split|break|group|sort|order by|alert|notify|warn|emit|save|hide|omit|rename|call)\b|\b(?:instead|as well|too|also|it|that|those|these|them|they|same|previous)\b/i;

/**
 * The answer to a sentence that is a question of its own beside a query: it names a figure and what the figure is of, and goes on from nothing.
 * Read as a change it would keep conditions of that query which nobody asked for again. None where it is a change; `read` is called once at most.
 */
export function ownAnswer(prompt: string, previousSql: string | undefined, read: () => NlToSqlResult): NlToSqlResult | undefined {
  const before = partsOf(previousSql ?? '');
  if (!before || GOES_ON.test(prompt)) return undefined;
  const alone = read();
  if (alone.kind !== 'sql' || alone.ignored.length > 0) return undefined;
  const parts = partsOf(alone.sql);
  if (!parts || parts.groupBy.length === 0) return undefined;
  // A count of rows is what any group has: "by region" alone counts too. It is a question where it is of something else.
  const counts = (sql: string): boolean => /^COUNT\(\*\)$/i.test(sql);
  const isOwn = parts.items.some((item) => item.isAggregate && !counts(item.sql)) || namesAnother(prompt, parts.base, before.base);
  return isOwn ? alone : undefined;
}

const namesAnother = (prompt: string, base: string, before: string): boolean =>
  base !== before && new RegExp(`\\b${base.replace(/s$/i, '').replace(/[^\p{L}\p{N}]+/gu, '[^\\p{L}\\p{N}]*')}`, 'iu').test(prompt);
