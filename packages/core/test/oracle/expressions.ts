import fc from 'fast-check';
import { both, joined, oneOf, pair, type SqlPair } from './sql-pair.ts';

/** Typed expressions over the columns of `dataset.ts`, so that nearly every generated query is valid. */
export interface Expressions {
  readonly integer: fc.Arbitrary<SqlPair>;
  readonly float: fc.Arbitrary<SqlPair>;
  readonly decimal: fc.Arbitrary<SqlPair>;
  readonly text: fc.Arbitrary<SqlPair>;
  readonly boolean: fc.Arbitrary<SqlPair>;
}

const NUMBER_COMPARE = ['=', '!=', '<', '<=', '>', '>='];

function atDepth(depth: number): Expressions {
  const leaf: Expressions = {
    integer: fc.oneof(
      { weight: 3, arbitrary: oneOf('a', 'g') },
      fc.integer({ min: -9, max: 9 }).map((n) => both(n < 0 ? `(${n})` : String(n))),
    ),
    // Dyadic fractions: sums are exact in any order, so that engines can be compared to the last digit.
    float: fc.oneof(
      { weight: 3, arbitrary: oneOf('b') },
      fc.integer({ min: -40, max: 40 }).map((n) => pair`CAST(${String(n / 4)} AS DOUBLE)`),
    ),
    decimal: fc.oneof(
      { weight: 3, arbitrary: oneOf('d') },
      fc.integer({ min: -999, max: 999 }).map((n) => pair`CAST(${(n / 100).toFixed(2)} AS DECIMAL(10,2))`),
    ),
    text: fc.oneof({ weight: 3, arbitrary: oneOf('k', 's') }, oneOf("'A'", "'b'", "''", "'it''s'")),
    boolean: fc.oneof({ weight: 3, arbitrary: oneOf('f') }, oneOf('TRUE', 'FALSE', 'CAST(NULL AS BOOLEAN)')),
  };
  if (depth === 0) return leaf;
  const e = atDepth(depth - 1);
  const compare = (of: fc.Arbitrary<SqlPair>) =>
    fc.tuple(of, fc.constantFrom(...NUMBER_COMPARE), of).map(([l, op, r]) => pair`(${l} ${op} ${r})`);
  const nullable = (of: fc.Arbitrary<SqlPair>) =>
    fc.oneof(
      fc.tuple(of, of).map(([x, y]) => pair`COALESCE(${x}, ${y})`),
      fc.tuple(of, of).map(([x, y]) => pair`NULLIF(${x}, ${y})`),
      fc.tuple(e.boolean, of, of).map(([c, x, y]) => pair`CASE WHEN ${c} THEN ${x} ELSE ${y} END`),
      fc.tuple(e.boolean, of).map(([c, x]) => pair`CASE WHEN ${c} THEN ${x} END`),
    );
  return {
    integer: fc.oneof(
      leaf.integer,
      fc.tuple(e.integer, fc.constantFrom('+', '-', '*'), leaf.integer).map(([l, op, r]) => pair`(${l} ${op} ${r})`),
      fc.tuple(e.integer, leaf.integer).map(([l, r]) => pair`(${l} % ${r})`),
      e.integer.map((x) => pair`ABS(${x})`),
      e.integer.map((x) => pair`(- ${x})`),
      e.text.map((x) => pair`LENGTH(${x})`),
      nullable(e.integer),
    ),
    float: fc.oneof(
      leaf.float,
      fc.tuple(e.float, fc.constantFrom('+', '-', '*'), leaf.float).map(([l, op, r]) => pair`(${l} ${op} ${r})`),
      fc.tuple(e.integer, leaf.integer).map(([l, r]) => pair`(${l} / ${r})`),
      e.integer.map((x) => pair`CAST(${x} AS DOUBLE)`),
      e.float.map((x) => pair`ABS(${x})`),
      nullable(e.float),
    ),
    decimal: fc.oneof(
      leaf.decimal,
      fc.tuple(leaf.decimal, fc.constantFrom('+', '-', '*'), leaf.decimal).map(([l, op, r]) => pair`(${l} ${op} ${r})`),
      leaf.decimal.map((x) => pair`ABS(${x})`),
    ),
    text: fc.oneof(
      leaf.text,
      fc.tuple(e.text, e.text).map(([x, y]) => pair`(${x} || ${y})`),
      e.text.map((x) => pair`UPPER(${x})`),
      e.text.map((x) => pair`LOWER(${x})`),
      fc
        .tuple(e.text, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 }))
        .map(([x, from, n]) => pair`SUBSTRING(${x}, ${String(from)}, ${String(n)})`),
      e.text.map((x) => pair`REPLACE(${x}, 'a', 'zz')`),
      // Plain columns only: ours trims all white space, the reference spaces alone.
      leaf.text.map((x) => pair`TRIM(${x})`),
      nullable(e.text),
    ),
    boolean: fc.oneof(
      leaf.boolean,
      compare(e.integer),
      compare(e.float),
      compare(e.decimal),
      compare(e.text),
      fc.tuple(e.integer, e.float, fc.constantFrom(...NUMBER_COMPARE)).map(([l, r, op]) => pair`(${l} ${op} ${r})`),
      fc.tuple(e.boolean, fc.constantFrom('AND', 'OR'), e.boolean).map(([l, op, r]) => pair`(${l} ${op} ${r})`),
      e.boolean.map((x) => pair`(NOT ${x})`),
      fc
        .tuple(fc.oneof(e.integer, e.float, e.text, e.boolean, e.decimal), fc.constantFrom('IS NULL', 'IS NOT NULL'))
        .map(([x, test]) => pair`(${x} ${test})`),
      fc.tuple(e.boolean, fc.constantFrom('IS TRUE', 'IS FALSE', 'IS NOT TRUE', 'IS NOT FALSE')).map(([x, test]) => pair`(${x} ${test})`),
      fc
        .tuple(e.integer, leaf.integer, leaf.integer, fc.boolean())
        .map(([x, lo, hi, not]) => pair`(${x} ${not ? 'NOT ' : ''}BETWEEN ${lo} AND ${hi})`),
      fc
        .tuple(e.integer, fc.array(leaf.integer, { minLength: 1, maxLength: 4 }), fc.boolean())
        .map(([x, list, not]) => pair`(${x} ${not ? 'NOT ' : ''}IN (${joined(list, ', ')}))`),
      fc
        .tuple(e.text, fc.array(fc.oneof(leaf.text, oneOf('CAST(NULL AS VARCHAR)')), { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([x, list, not]) => pair`(${x} ${not ? 'NOT ' : ''}IN (${joined(list, ', ')}))`),
      fc
        .tuple(e.text, fc.constantFrom('%', 'A%', '%b', '_', 'a.c', "%''%", '_b%'), fc.boolean())
        .map(([x, p, not]) => pair`(${x} ${not ? 'NOT ' : ''}LIKE '${p}')`),
    ),
  };
}

const levels = [0, 1, 2, 3].map(atDepth);
export const expressions = (depth: 0 | 1 | 2 | 3): Expressions => levels[depth] as Expressions;
