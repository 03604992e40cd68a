import { slipOf } from './closest.ts';

/** Words of queries that people misspell; words of other statements are too like names. */
export const WORDS = [
  ...['SELECT', 'DISTINCT', 'FROM', 'WHERE', 'GROUP', 'BY', 'WINDOW', 'HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'EMIT', 'FINAL', 'CHANGES'],
  ...['JOIN', 'LEFT', 'RIGHT', 'FULL', 'INNER', 'OUTER', 'CROSS', 'ON', 'WITHIN', 'WITH', 'AS', 'AND', 'OR', 'NOT', 'IN', 'IS', 'NULL'],
  ...[
    'LIKE',
    'ILIKE',
    'RLIKE',
    'BETWEEN',
    'EXISTS',
    'CASE',
    'WHEN',
    'THEN',
    'ELSE',
    'END',
    'INTERVAL',
    'OVER',
    'PARTITION',
    'UNION',
    'ALL',
  ],
  ...['TUMBLING', 'SLIDING', 'SESSION', 'ASC', 'DESC', 'INTO', 'CREATE', 'STREAM', 'TABLE', 'INSERT', 'CAST', 'ROWS', 'BUFFER', 'EXPIRE'],
  ...['AFTER', 'INACTIVITY', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'MILLISECOND', 'WEEK', 'MONTH', 'YEAR'],
];
/** Two words without the space between them. */
export const RUN_TOGETHER: ReadonlyMap<string, string> = new Map([
  ['GROUPBY', 'GROUP BY'],
  ['ORDERBY', 'ORDER BY'],
  ['PARTITIONBY', 'PARTITION BY'],
  ['ISNULL', 'IS NULL'],
  ['NOTNULL', 'IS NOT NULL'],
  ['NOTIN', 'NOT IN'],
  ['LEFTJOIN', 'LEFT JOIN'],
  ['EMITFINAL', 'EMIT FINAL'],
  ['EMITCHANGES', 'EMIT CHANGES'],
]);

/** The keyword that a word was meant to be; undefined where it is one, or is like none. */
export function misspeltWord(image: string): string | undefined {
  const word = image.toUpperCase();
  if (WORDS.includes(word) || !/^[A-Z_]+$/.test(word)) return undefined;
  return RUN_TOGETHER.get(word) ?? slipOf(word, WORDS);
}
