import { code, problemFactory } from '../define-codes.ts';

interface Found {
  readonly found: string;
}

/** VS10xx: what the lexer, the grammar and the annotation reader can say about a text. */
const syntaxCodes = {
  VS1001: code<{ character: string; hint?: string | undefined }>({
    reason: 'unexpected-character',
    severity: 'error',
    message: (p) => `unexpected character ${p.character}`,
    hint: (p) => p.hint,
  }),
  VS1002: code<{ what: 'string' | 'quoted name' | 'comment'; mark: string }>({
    reason: 'unterminated',
    severity: 'error',
    message: (p) => `unterminated ${p.what}`,
    hint: (p) => (p.what === 'comment' ? `Close it with ${p.mark}.` : `Close it with ${p.mark}; a ${p.mark} inside it is written twice.`),
  }),
  VS1003: code<Found & { expected: string; hint?: string | undefined }>({
    reason: 'unexpected-token',
    severity: 'error',
    message: (p) => `expected ${p.expected}, found ${p.found}`,
    hint: (p) => p.hint,
  }),
  VS1004: code<Found & { hint?: string | undefined }>({
    reason: 'trailing-tokens',
    severity: 'error',
    message: (p) => `unexpected ${p.found} after the end of the statement`,
    hint: (p) => p.hint ?? 'Remove it, or end the statement before it with ";".',
  }),
  VS1005: code<Found & { hint?: string | undefined }>({
    reason: 'unknown-statement',
    severity: 'error',
    message: (p) => `${p.found} does not start a statement`,
    hint: (p) =>
      p.hint ??
      'Start with SELECT, WITH, CREATE, INSERT, UPDATE, DELETE, DROP, SHOW, LIST, DESCRIBE, EXPLAIN, START, STOP, PAUSE, RESUME, DEPLOY or ROLLBACK.',
  }),
  VS1006: code<{ clause: string }>({
    reason: 'repeated-clause',
    severity: 'error',
    message: (p) => `clause "${p.clause}" is given twice`,
    hint: () => 'Keep one of the two.',
  }),
  VS1007: code<{ clause: string; before: string }>({
    reason: 'clause-order',
    severity: 'error',
    message: (p) => `clause "${p.clause}" stands after "${p.before}"`,
    hint: (p) =>
      `Write "${p.clause}" before "${p.before}". The order is: FROM, JOIN, WHERE, GROUP BY, WINDOW, HAVING, ORDER BY, LIMIT, EMIT, INTO, WITH.`,
  }),
  VS1008: code({
    reason: 'group-after-window',
    severity: 'error',
    message: () => 'clause "GROUP BY" stands after "WINDOW"',
    hint: () => 'In strict mode a plain SELECT needs GROUP BY before WINDOW.',
  }),
  VS1009: code<Found & { hint?: string | undefined }>({
    reason: 'emit-mode',
    severity: 'error',
    message: (p) => `expected "CHANGES" or "FINAL" after "EMIT", found ${p.found}`,
    hint: (p) => p.hint ?? 'Write EMIT CHANGES for every update, EMIT FINAL for one result per window.',
  }),
  VS1010: code<{ problem: string }>({
    reason: 'primary-key',
    severity: 'error',
    message: (p) => p.problem,
    hint: () => 'Write PRIMARY KEY after the column or expression that it marks, e.g. "id PRIMARY KEY".',
  }),
  VS1011: code<Found>({
    reason: 'expire-after',
    severity: 'error',
    message: (p) => `"EXPIRE AFTER" does not take ${p.found} here`,
    hint: () => "Write EXPIRE AFTER INTERVAL '5' MINUTE INACTIVITY, or EXPIRE AFTER NEVER.",
  }),
  VS1012: code<Found>({
    reason: 'cast-without-as',
    severity: 'error',
    message: (p) => `expected "AS" in "CAST", found ${p.found}`,
    hint: () => 'Write CAST(value AS TYPE), e.g. CAST(price AS INTEGER).',
  }),
  VS1013: code<Found & { expected: 'WHEN' | 'THEN' | 'END' }>({
    reason: 'incomplete-case',
    severity: 'error',
    message: (p) => `expected "${p.expected}" in "CASE", found ${p.found}`,
    hint: () => 'Write CASE WHEN condition THEN value ELSE value END.',
  }),
  VS1014: code<{ problem: string }>({
    reason: 'in-list',
    severity: 'error',
    message: (p) => p.problem,
    hint: () => "Write IN ('a', 'b') or IN (SELECT column FROM table).",
  }),
  VS1015: code({
    reason: 'between-without-and',
    severity: 'error',
    message: () => '"BETWEEN" lacks its "AND"',
    hint: () => 'Write value BETWEEN low AND high.',
  }),
  VS1016: code<Found>({
    reason: 'dangling-not',
    severity: 'error',
    message: (p) => `"NOT" is followed by ${p.found}`,
    hint: () => 'After a value NOT goes with IN, BETWEEN, LIKE, ILIKE, RLIKE or REGEXP; otherwise write it before the condition.',
  }),
  VS1017: code<Found>({
    reason: 'is-test',
    severity: 'error',
    message: (p) => `expected "NULL", "TRUE" or "FALSE" after "IS", found ${p.found}`,
    hint: () => 'Write IS NULL, IS NOT NULL, IS TRUE or IS FALSE; compare values with "=".',
  }),
  VS1018: code<Found & { clause: 'LIMIT' | 'OFFSET' }>({
    reason: 'limit-not-a-count',
    severity: 'error',
    message: (p) => `"${p.clause}" takes a whole number that is not negative, found ${p.found}`,
    hint: (p) => `Write e.g. ${p.clause} 100.`,
  }),
  VS1019: code<{ text: string }>({
    reason: 'bad-duration',
    severity: 'error',
    message: (p) => `${p.text} is not a duration`,
    hint: () => "Write a whole number and a unit, e.g. 30s, 5m, 1h, or INTERVAL '5' MINUTE.",
  }),
  VS1020: code<{ unit: string; hint?: string | undefined }>({
    reason: 'bad-interval-unit',
    severity: 'error',
    message: (p) => `${p.unit} is not a unit of time`,
    hint: (p) => p.hint ?? 'Units are NANOSECOND, MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH and YEAR.',
  }),
  VS1021: code<{ type: string; closest: string | undefined }>({
    reason: 'unknown-type',
    severity: 'error',
    message: (p) => `type "${p.type}" does not exist`,
    hint: (p) =>
      p.closest
        ? `Did you mean "${p.closest}"?`
        : 'Types are INTEGER, FLOAT, DECIMAL(p,s), STRING, BOOLEAN, TIMESTAMP, DATE, TIME, BYTES, JSON, ARRAY<T>, MAP<K,V> and STRUCT<name T>.',
  }),
  VS1022: code<Found>({
    reason: 'create-object',
    severity: 'error',
    message: (p) => `expected "STREAM" or "TABLE" after "CREATE", found ${p.found}`,
    hint: () => 'Write CREATE STREAM name AS SELECT … or CREATE TABLE name AS SELECT ….',
  }),
  VS1023: code<Found>({
    reason: 'show-object',
    severity: 'error',
    message: (p) => `there is no "SHOW" for ${p.found}`,
    hint: () =>
      'Ask for STREAMS, TABLES, TOPICS, FUNCTIONS, JOBS, SCHEMAS, STATUS, METRICS, VERSIONS, SCHEMA, PROPERTIES, PARTITIONS, JOB STATUS or CREATE STREAM.',
  }),
  VS1024: code<Found>({
    reason: 'deploy-strategy',
    severity: 'error',
    message: (p) => `${p.found} is not a deployment strategy`,
    hint: () => 'Strategies are BLUE_GREEN, CANARY(1 to 100), ROLLING and REPLACE.',
  }),
  VS1025: code<{ form: string }>({
    reason: 'not-in-strict',
    severity: 'error',
    message: (p) => `${p.form} is accepted in lenient mode only`,
    hint: () => 'Parse with mode "lenient", or write the canonical form: formatting for target "velostream" gives it.',
  }),
  VS1026: code<{ feature: string }>({
    reason: 'unsupported-feature',
    severity: 'error',
    message: (p) => `"${p.feature}" is not supported`,
    hint: (p) => (p.feature === 'CREATE VIEW' ? 'Use CREATE TABLE … AS SELECT for a materialised view.' : undefined),
  }),
  VS1027: code<{ name: string }>({
    reason: 'unquoted-name',
    severity: 'error',
    message: (p) => `name "${p.name}" has to be quoted`,
    hint: (p) => `Write \`${p.name}\` or '${p.name}'.`,
  }),
  VS1028: code<{ name: string }>({
    reason: 'name-starts-with-digit',
    severity: 'error',
    message: (p) => `name "${p.name}" starts with a digit`,
    hint: (p) => `Put it in back-ticks (\`${p.name}\`) or start it with a letter.`,
  }),
  VS1029: code<{ operator: string }>({
    reason: 'chained-comparison',
    severity: 'warning',
    message: (p) => `comparison with "${p.operator}" compares the result of the comparison before it`,
    hint: () => 'Join two comparisons with AND, or add parentheses if this is meant.',
  }),
  VS1030: code<Found & { hint?: string | undefined }>({
    reason: 'window-kind',
    severity: 'error',
    message: (p) => `${p.found} is not a kind of window`,
    hint: (p) =>
      p.hint ??
      'Windows are TUMBLING(size), SLIDING(size, advance) and SESSION(gap). A window over a count of rows belongs into OVER (ROWS WINDOW BUFFER n ROWS).',
  }),
  VS1031: code<{ problem: string; forms: string }>({
    reason: 'window-arguments',
    severity: 'error',
    message: (p) => p.problem,
    hint: (p) => `Write ${p.forms}.`,
  }),
  VS1032: code<{ allowed: number }>({
    reason: 'nesting-too-deep',
    severity: 'error',
    message: (p) => `statement is nested deeper than ${p.allowed} levels`,
    hint: () => 'Split the expression over several SELECT items or streams.',
  }),
  VS1033: code<{ bytes: number; allowed: number }>({
    reason: 'sql-too-large',
    severity: 'error',
    message: (p) => `text of ${p.bytes} bytes exceeds the limit of ${p.allowed} bytes`,
    hint: () => 'Split the text, or raise the limit "maxSqlBytes".',
  }),
  VS1034: code<Found>({
    reason: 'over-parentheses',
    severity: 'error',
    message: (p) => `expected "(" after "OVER", found ${p.found}`,
    hint: () => 'Write OVER (PARTITION BY … ORDER BY …).',
  }),
  VS1035: code<Found>({
    reason: 'empty-select',
    severity: 'error',
    message: (p) => `"SELECT" has nothing to select before ${p.found}`,
    hint: () => 'Name columns or expressions, or write * for all columns.',
  }),
  VS1036: code<{ what: string }>({
    reason: 'no-from',
    severity: 'error',
    message: (p) => `${p.what} has no relation to come from`,
    hint: () => 'Add FROM with the relation to read.',
  }),
  VS1037: code<{ key: string }>({
    reason: 'duplicate-property',
    severity: 'warning',
    message: (p) => `property "${p.key}" is given twice; the last one counts`,
    hint: () => 'Remove one of the two.',
  }),
  VS1038: code<{ text: string }>({
    reason: 'bad-interval',
    severity: 'error',
    message: (p) => `${p.text} is not an interval`,
    hint: () => "Write INTERVAL '5' MINUTE or INTERVAL '5 minutes' with a whole number.",
  }),
  VS1039: code<{ problem: string; hint: string }>({
    reason: 'misplaced-clause',
    severity: 'error',
    message: (p) => p.problem,
    hint: (p) => p.hint,
  }),
  VS1041: code<{ allowed: number; found: number }>({
    reason: 'canary-percent',
    severity: 'error',
    message: (p) => `canary share of ${p.found} per cent is not between 1 and ${p.allowed}`,
    hint: () => 'Write e.g. STRATEGY CANARY(10).',
  }),
  VS1050: code<{ name: string; problem: string }>({
    reason: 'metric-name',
    severity: 'error',
    message: (p) => p.problem,
    hint: () => 'A metric name has letters, digits, "_" and ":" and does not start with a digit.',
  }),
  VS1051: code<{ type: string }>({
    reason: 'metric-type',
    severity: 'error',
    message: (p) => `metric type "${p.type}" does not exist`,
    hint: () => 'Types are counter, gauge and histogram.',
  }),
  VS1052: code<{ annotation: string; opener: string }>({
    reason: 'annotation-without-block',
    severity: 'error',
    message: (p) => `annotation "@${p.annotation}" has no "@${p.opener}" before it`,
    hint: (p) => `Put "-- @${p.opener}: …" on a line before it.`,
  }),
  VS1053: code<{ metric: string; type: string }>({
    reason: 'metric-field',
    severity: 'error',
    message: (p) => `${p.type} "${p.metric}" has no "@metric_field"`,
    hint: () => 'Add "-- @metric_field: column" with the output column to measure.',
  }),
  VS1054: code<{ annotation: string; problem: string }>({
    reason: 'annotation-condition',
    severity: 'error',
    message: (p) => `condition of "@${p.annotation}" can not be read: ${p.problem}`,
    hint: () => 'A condition is an SQL expression over the output columns, e.g. total > 100.',
  }),
  VS1055: code<{ annotation: string; value: string; expected: string }>({
    reason: 'annotation-value',
    severity: 'error',
    message: (p) => `value "${p.value}" of "@${p.annotation}" is not ${p.expected}`,
    hint: (p) => `Give "@${p.annotation}" ${p.expected}.`,
  }),
  VS1056: code<{ annotation: string; closest: string | undefined }>({
    reason: 'unknown-annotation',
    severity: 'info',
    message: (p) => `annotation "@${p.annotation}" is not known`,
    hint: (p) => (p.closest ? `Did you mean "@${p.closest}"?` : undefined),
  }),
} as const;

/** Makes problems of the VS1xxx codes. */
export const syntaxProblem = problemFactory(syntaxCodes);
export type SyntaxCodes = typeof syntaxCodes;
export type SyntaxCode = keyof SyntaxCodes;
/** What the text of one code needs. */
export type SyntaxParams<C extends SyntaxCode> = Parameters<SyntaxCodes[C]['message']>[0];
export { syntaxCodes };
