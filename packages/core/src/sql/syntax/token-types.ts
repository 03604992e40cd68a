import { createTokenType, type TokenType } from './token.ts';

/*
 * Token types only name kinds: the text is cut by `scan.ts`, so no type has a pattern. `Name` and `Text`, `Num` are categories:
 * a rule that consumes `Name` takes plain identifiers, quoted ones and every keyword that may serve as a name (§1.3).
 */
const type = (name: string, ...categories: TokenType[]): TokenType => createTokenType(name, categories);

export const Name = type('a name');
export const Identifier = type('an identifier', Name);
export const QuotedIdentifier = type('a quoted name', Name);
export const Text = type('a string');
export const SingleQuoted = type('a single-quoted string', Text);
export const DoubleQuoted = type('a double-quoted string', Text);
export const Num = type('a number');
export const IntegerNumber = type('a whole number', Num);
export const DecimalNumber = type('a decimal number', Num);
export const FloatNumber = type('a number with exponent', Num);
export const Uri = type('a URI');
/** Operators that stand between two operands and need no more than their precedence. */
export const BinaryOp = type('an operator');

function family<const W extends string>(words: readonly W[], ...categories: TokenType[]): { readonly [K in W]: TokenType } {
  return Object.fromEntries(words.map((word) => [word, type(word, ...categories)])) as { [K in W]: TokenType };
}

/** Never a bare name. */
const RESERVED = [
  'SELECT',
  'DISTINCT',
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'ASC',
  'DESC',
  'CREATE',
  'INTO',
  'AS',
  'WITH',
  'INTERVAL',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'IS',
  'IN',
  'NOT',
  'BETWEEN',
  'LIKE',
  'EXISTS',
  'UNION',
  'UNBOUNDED',
  'OVER',
  'PRIMARY',
  'NULL',
  'BLUE_GREEN',
] as const;

/** Keywords of the reference that may also be names. */
const SOFT = [
  'WINDOW',
  'LIMIT',
  'STREAM',
  'TABLE',
  'SHOW',
  'LIST',
  'STREAMS',
  'TABLES',
  'TOPICS',
  'FUNCTIONS',
  'SCHEMA',
  'JOBS',
  'QUERIES',
  'PARTITIONS',
  'START',
  'STOP',
  'JOB',
  'QUERY',
  'FORCE',
  'PAUSE',
  'RESUME',
  'DEPLOY',
  'ROLLBACK',
  'VERSION',
  'STRATEGY',
  'CANARY',
  'ROLLING',
  'REPLACE',
  'VERSIONS',
  'DESCRIBE',
  'EMIT',
  'CHANGES',
  'FINAL',
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'OUTER',
  'ON',
  'WITHIN',
  'END',
  'ANY',
  'ALL',
  'ROWS',
  'RANGE',
  'PRECEDING',
  'FOLLOWING',
  'CURRENT',
  'ROW',
  'KEY',
] as const;

/** Words that mean something in one place only; everywhere else they are identifiers. */
const CONTEXTUAL = [
  'BY',
  'PARTITION',
  'BUFFER',
  'EVERY',
  'RECORD',
  'EXPIRE',
  'AFTER',
  'NEVER',
  'INACTIVITY',
  'FILTER',
  'NULLS',
  'FIRST',
  'LAST',
  'OFFSET',
  'GRACE',
  'PERIOD',
  'FOR',
  'SYSTEM_TIME',
  'OF',
  'CROSS',
  'EXCEPT',
  'ESCAPE',
  'ILIKE',
  'RLIKE',
  'REGEXP',
  'CAST',
  'TRY_CAST',
  'EXTRACT',
  'ARRAY',
  'TRUE',
  'FALSE',
  'INSERT',
  'UPDATE',
  'DELETE',
  'SET',
  'VALUES',
  'DROP',
  'IF',
  'EXPLAIN',
  'ALTER',
  'STATUS',
  'METRICS',
  'PROPERTIES',
  'SCHEMAS',
  'DEFAULT',
  'WATERMARK',
  'ENFORCED',
  'SOME',
  'SIZE',
  'ADVANCE',
  'TIMEOUT',
  'GAP',
  'TIMESTAMP',
  'DATE',
  'TIME',
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'MATCH_RECOGNIZE',
  'UNPIVOT',
  'PIVOT',
  'BUFFERED',
] as const;

const LOGIC = ['AND', 'OR'] as const;

export const K = { ...family(RESERVED), ...family(SOFT, Name), ...family(CONTEXTUAL, Identifier), ...family(LOGIC, BinaryOp) };

export const LParen = type('(');
export const RParen = type(')');
export const LBracket = type('[');
export const RBracket = type(']');
export const Comma = type(',');
export const Semicolon = type(';');
export const Dot = type('.');
export const DoubleColon = type('::');
export const Arrow = type('->');
export const LongArrow = type('->>');
export const Star = type('*', BinaryOp);
export const Plus = type('+', BinaryOp);
export const Minus = type('-', BinaryOp);
export const Equals = type('=', BinaryOp);
export const Less = type('<', BinaryOp);
export const Greater = type('>', BinaryOp);
export const OtherOp = type('an operator sign', BinaryOp);

export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map(Object.entries(K));
const RESERVED_WORDS: ReadonlySet<string> = new Set([...RESERVED, ...LOGIC]);
const SOFT_WORDS: ReadonlySet<string> = new Set(SOFT);
/** Whether a word can never be a name without quotes; `word` in upper case. */
export const isReserved = (word: string): boolean => RESERVED_WORDS.has(word);
export const isSoftKeyword = (word: string): boolean => SOFT_WORDS.has(word);
