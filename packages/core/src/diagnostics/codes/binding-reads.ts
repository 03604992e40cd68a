import { code } from '../define-codes.ts';

/** Joins. */
export const JOIN_CODES = {
  VS2080: code({
    reason: 'join-without-key',
    severity: 'warning',
    message: () => 'the join has no equality between the two sides, every pair of rows is compared',
    hint: () => 'Add a condition such as l.id = r.id to ON.',
  }),
  VS2081: code<{ missing: string }>({
    reason: 'unbounded-join',
    severity: 'warning',
    message: ({ missing }) => `the join of two streams has no ${missing}, 1 hour is taken`,
    hint: () => "Add WITHIN INTERVAL '10' MINUTE, or a condition on the two times.",
  }),
  VS2082: code<{ kind: string; table: string }>({
    reason: 'outer-table-join',
    severity: 'error',
    message: ({ kind, table }) => `${kind} JOIN cannot keep the unmatched rows of table "${table}"`,
    hint: () => 'A table alone emits nothing; use INNER JOIN, or LEFT JOIN with the stream on the left.',
  }),
  VS2083: code<{ what: string }>({
    reason: 'within-ignored',
    severity: 'warning',
    message: ({ what }) => `WITHIN has no effect on ${what}`,
    hint: () => 'Leave WITHIN out.',
  }),
  VS2084: code<{ what: string; clause: string }>({
    reason: 'join-time-type',
    severity: 'error',
    message: ({ what, clause }) => `${clause} needs a time of the left side, not ${what}`,
    hint: () => 'Use a TIMESTAMP or an INTEGER of epoch milliseconds of the left side.',
  }),
};

/** Sub-queries. */
export const SUBQUERY_CODES = {
  VS2090: code<{ name: string }>({
    reason: 'subquery-on-stream',
    severity: 'error',
    message: ({ name }) => `sub-query reads "${name}", which is a stream`,
    hint: ({ name }) => `Make a table of it: CREATE TABLE ${name}_now AS SELECT … FROM ${name}.`,
  }),
  VS2091: code<{ found: number; form: string }>({
    reason: 'subquery-columns',
    severity: 'error',
    message: ({ found, form }) => `${form} sub-query selects ${found} columns, not one`,
    hint: () => 'Select one expression.',
  }),
  VS2092: code({
    reason: 'not-in-null',
    severity: 'warning',
    message: () => 'NOT IN is never true once the sub-query gives a NULL',
    hint: () => 'Add WHERE column IS NOT NULL to the sub-query, or use NOT EXISTS.',
  }),
  VS2093: code<{ what: string }>({
    reason: 'slow-subquery',
    severity: 'warning',
    message: ({ what }) => `${what} runs for every row`,
    hint: () => 'A JOIN with the table is faster.',
  }),
  VS2094: code<{ what: string }>({
    reason: 'slow-pattern',
    severity: 'info',
    message: ({ what }) => `${what} in a sub-query reads the whole table for every row`,
    hint: () => 'Compute it once in the table that the sub-query reads.',
  }),
  VS2095: code<{ limit: number }>({
    reason: 'subquery-depth',
    severity: 'error',
    message: ({ limit }) => `sub-queries are nested deeper than ${limit} levels`,
    hint: () => 'Split the statement into several with CREATE TABLE … AS.',
  }),
  VS2096: code<{ what: string }>({
    reason: 'subquery-form',
    severity: 'error',
    message: ({ what }) => `a sub-query in an expression cannot have ${what}`,
    hint: () => 'Make a table of it with CREATE TABLE … AS, and read that.',
  }),
  VS2097: code({
    reason: 'scalar-rows',
    severity: 'warning',
    message: () => 'the sub-query may give several rows, the first one is taken',
    hint: () => 'Aggregate, or compare with a key of the table.',
  }),
};

/** Conditions that are probably not meant. */
export const ADVICE_CODES = {
  VS2100: code({
    reason: 'division-by-zero',
    severity: 'warning',
    message: () => 'division by zero gives NULL',
    hint: () => 'Check the divisor; NULLIF(x, 0) makes the intent clear.',
  }),
  VS2101: code<{ negated: boolean }>({
    reason: 'null-comparison',
    severity: 'warning',
    message: () => 'a comparison with NULL is never true',
    hint: ({ negated }) => (negated ? 'Use IS NOT NULL.' : 'Use IS NULL.'),
  }),
  VS2102: code<{ name: string }>({
    reason: 'no-sink',
    severity: 'warning',
    message: () => 'this SELECT has no sink',
    hint: () => 'Use CREATE STREAM name AS SELECT …, or add INTO.',
  }),
  VS2103: code<{ feature: string }>({
    reason: 'unsupported-here',
    severity: 'error',
    message: ({ feature }) => `${feature} is not supported here`,
  }),
};
