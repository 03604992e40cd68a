// Random typed expressions over a fixed set of columns, and random batches for them in every lane.

import fc from 'fast-check';
import type { CompareOp, Expr } from '../../sql/bind/expression.ts';
import { provideWholeLanguage } from '../../sql/bind/whole-language.ts';
import { provideAllFunctions } from '../../sql/functions/all-functions.ts';
import type { ScalarFunction } from '../../sql/functions/define.ts';
import { findFunction } from '../../sql/functions/registry.ts';
import type { Column } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { ANY, BOOLEAN, decimal, FLOAT, INTEGER, INTERVAL, type Scalar, type SqlType, STRING, TIMESTAMP } from '../../values/types.ts';
import { arithmeticType } from '../../values/unify-types.ts';
import { provideAllGenerators } from './all-generators.ts';

provideWholeLanguage();

provideAllFunctions();
// Without the generators everything would be interpreted, and compared with itself.
provideAllGenerators();

export const COLUMN_TYPES: readonly SqlType[] = [
  INTEGER,
  INTEGER,
  FLOAT,
  FLOAT,
  decimal(18, 2),
  decimal(38, 4),
  STRING,
  STRING,
  BOOLEAN,
  TIMESTAMP,
  INTERVAL,
  ANY,
];

const text = fc.constantFrom('', 'a', 'b', 'ab', 'A', '\u{1f600}', '\ufffd', '12', '1.5', 'x%');
const integer = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 1, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.constantFrom(9007199254740991, -9007199254740991, 3037000500) },
);
const wide = fc.constantFrom<Scalar>(9007199254740993n, -(2n ** 63n), 2n ** 63n - 1n);
const float = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.constantFrom(0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 0.1),
  fc.double(),
);

/** Values of one type, without NULL. */
function valuesOf(type: SqlType, allowWide: boolean): fc.Arbitrary<Scalar> {
  switch (type.kind) {
    case 'integer':
    case 'decimal':
      return allowWide ? fc.oneof({ weight: 4, arbitrary: integer as fc.Arbitrary<Scalar> }, { weight: 1, arbitrary: wide }) : integer;
    case 'float':
      return float;
    case 'string':
      return text;
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
    case 'interval':
      return fc.integer({ min: -100_000, max: 1_700_000_000 });
    default:
      return fc.oneof(fc.integer({ min: -3, max: 3 }) as fc.Arbitrary<Scalar>, text, fc.boolean(), fc.constant([1, 'a']));
  }
}

function columnArbitrary(type: SqlType, rows: number): fc.Arbitrary<Column> {
  return fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()).chain(([nullable, wideAllowed, plain]) => {
    const value = valuesOf(type, wideAllowed && plain);
    const item = nullable ? fc.option(value, { freq: 3 }) : value;
    return fc
      .array(item, { minLength: rows, maxLength: rows })
      .map((values) => columnFromScalars(type, values as Scalar[], { strings: plain ? 'str' : 'dict' }));
  });
}

export const batchArbitrary: fc.Arbitrary<RecordBatch> = fc.integer({ min: 1, max: 12 }).chain((rows) =>
  fc.tuple(...COLUMN_TYPES.map((type) => columnArbitrary(type, rows))).map((columns) => ({
    length: rows,
    columns,
    meta: {
      ...NO_META,
      eventTime: Float64Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? Number.NaN : i)),
      timestamp: new Float64Array(rows).fill(7),
    },
    ops: null,
    watermarks: null,
  })),
);

const columnsOfType = (kind: SqlType['kind']): Expr[] =>
  COLUMN_TYPES.flatMap((type, index) => (type.kind === kind ? [{ kind: 'column' as const, index, name: `c${index}`, type }] : []));

const call = (name: string, args: Expr[], type: SqlType): Expr => ({ kind: 'call', fn: findFunction(name) as ScalarFunction, args, type });

/** Expressions by the kind of value they have. */
const typed = fc.letrec<{ integer: Expr; float: Expr; decimal: Expr; string: Expr; boolean: Expr; time: Expr; any: Expr }>((tie) => {
  const leaf = (kind: SqlType['kind'], type: SqlType): fc.Arbitrary<Expr> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...columnsOfType(kind)) },
      { weight: 2, arbitrary: valuesOf(type, false).map((value): Expr => ({ kind: 'literal', value, type })) },
      { weight: 1, arbitrary: fc.constant<Expr>({ kind: 'literal', value: null, type }) },
    );
  const exact = fc.oneof(tie('integer'), tie('decimal'));
  const arithmetic = (
    left: fc.Arbitrary<Expr>,
    right: fc.Arbitrary<Expr>,
    kind: SqlType['kind'],
    ops: readonly ('+' | '-' | '*' | '/' | '%')[],
  ): fc.Arbitrary<Expr> =>
    fc
      .tuple(fc.constantFrom(...ops), left, right, fc.boolean())
      .map(
        ([op, l, r, strict]): Expr => ({
          kind: 'arithmetic',
          op,
          left: l,
          right: r,
          divisionByZero: strict ? 'error' : 'null',
          type: arithmeticType(op, l.type, r.type)!,
        }),
      )
      .filter((e) => e.type.kind === kind);
  const choice = (of: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> =>
    fc.oneof(
      fc
        .tuple(tie('boolean'), of, fc.option(of))
        .map(([condition, result, otherwise]): Expr => ({ kind: 'case', whens: [{ condition, result }], otherwise, type: result.type })),
      fc.tuple(of, of).map((args): Expr => ({ kind: 'coalesce', args, type: args[0].type })),
    );
  const same = (e: Expr, type: SqlType): boolean => JSON.stringify(e.type) === JSON.stringify(type);
  const uniform = (of: fc.Arbitrary<Expr>): fc.Arbitrary<Expr> =>
    choice(of).filter((e) =>
      (e.kind === 'case'
        ? [e.whens[0]!.result, ...(e.otherwise === null ? [] : [e.otherwise])]
        : e.kind === 'coalesce'
          ? e.args
          : []
      ).every((x) => same(x, e.type)),
    );
  const pair = fc.oneof(
    fc.tuple(exact, exact),
    fc.tuple(tie('float'), tie('float')),
    fc.tuple(tie('string'), tie('string')),
    fc.tuple(tie('boolean'), tie('boolean')),
    fc.tuple(tie('time'), tie('time')),
    fc.tuple(tie('any'), tie('integer')),
  );
  const op = fc.constantFrom<CompareOp>('=', '!=', '<', '<=', '>', '>=');
  const twoValued = fc.boolean();
  return {
    integer: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf('integer', INTEGER),
      arithmetic(tie('integer'), tie('integer'), 'integer', ['+', '-', '*', '%']),
      tie('integer').map((arg): Expr => ({ kind: 'negate', arg, type: INTEGER })),
      uniform(tie('integer')),
      tie('string').map((arg) => call('length', [arg], INTEGER)),
      tie('float').map((arg): Expr => ({ kind: 'cast', arg, safe: true, type: INTEGER })),
      fc
        .tuple(tie('time'), tie('time'))
        .map(([left, right]): Expr => ({ kind: 'arithmetic', op: '-', left, right, divisionByZero: 'null', type: INTEGER })),
      fc.constant<Expr>({ kind: 'system', name: '_EVENT_TIME', type: INTEGER }),
    ),
    float: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf('float', FLOAT),
      arithmetic(tie('float'), fc.oneof(tie('float'), exact), 'float', ['+', '-', '*', '/', '%']),
      arithmetic(tie('integer'), tie('integer'), 'float', ['/']),
      exact.map((arg): Expr => ({ kind: 'cast', arg, safe: false, type: FLOAT })),
      tie('float').map((arg): Expr => ({ kind: 'negate', arg, type: FLOAT })),
      uniform(tie('float')),
      tie('float').map((arg) => call('abs', [arg], FLOAT)),
    ),
    decimal: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf('decimal', decimal(18, 2)),
      arithmetic(exact, exact, 'decimal', ['+', '-', '*', '/', '%']),
      tie('integer').map((arg): Expr => ({ kind: 'cast', arg, safe: false, type: decimal(18, 3) })),
      tie('decimal').map((arg): Expr => ({ kind: 'cast', arg, safe: false, type: decimal(38, 1) })),
      tie('decimal').map((arg): Expr => ({ kind: 'negate', arg, type: arg.type })),
    ),
    string: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf('string', STRING),
      fc.tuple(tie('string'), tie('string')).map((args): Expr => ({ kind: 'concat', args, type: STRING })),
      tie('string').map((arg) => call('upper', [arg], STRING)),
      fc.oneof(exact, tie('float'), tie('boolean')).map((arg): Expr => ({ kind: 'cast', arg, safe: false, type: STRING })),
      uniform(tie('string')),
    ),
    time: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf('timestamp', TIMESTAMP),
      fc
        .tuple(fc.constantFrom('+' as const, '-' as const), tie('time'), fc.constantFrom(...columnsOfType('interval')))
        .map(([o, left, right]): Expr => ({ kind: 'arithmetic', op: o, left, right, divisionByZero: 'null', type: TIMESTAMP })),
    ),
    any: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf('any', ANY),
      fc.tuple(tie('any'), tie('integer')).map(([arg, key]): Expr => ({ kind: 'element', arg, key, type: ANY })),
      fc
        .tuple(fc.constantFrom('+' as const, '/' as const, '%' as const), tie('any'), tie('integer'))
        .map(([o, left, right]): Expr => ({ kind: 'arithmetic', op: o, left, right, divisionByZero: 'null', type: ANY })),
    ),
    boolean: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf('boolean', BOOLEAN),
      fc
        .tuple(op, pair, twoValued)
        .map(([o, [left, right], two]): Expr => ({ kind: 'compare', op: o, left, right, type: BOOLEAN, twoValued: two })),
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('boolean'), { minLength: 1, maxLength: 3 }))
        .map(([kind, args]): Expr => ({ kind, args, type: BOOLEAN })),
      fc.tuple(tie('boolean'), twoValued).map(([arg, two]): Expr => ({ kind: 'not', arg, type: BOOLEAN, twoValued: two })),
      fc
        .tuple(fc.constantFrom('null' as const, 'true' as const, 'false' as const), fc.boolean(), tie('boolean'), tie('integer'))
        .map(([test, negated, b, n]): Expr => ({ kind: 'is', test, negated, arg: test === 'null' ? n : b, type: BOOLEAN })),
      fc
        .tuple(
          fc.oneof(
            fc.tuple(exact, exact, exact),
            fc.tuple(tie('float'), tie('float'), tie('float')),
            fc.tuple(tie('string'), tie('string'), tie('string')),
          ),
          fc.boolean(),
          twoValued,
        )
        .map(([[arg, low, high], negated, two]): Expr => ({ kind: 'between', arg, low, high, negated, type: BOOLEAN, twoValued: two })),
      fc
        .tuple(
          fc.oneof(
            fc.tuple(tie('integer'), fc.array(fc.oneof(leaf('integer', INTEGER), tie('integer')), { minLength: 1, maxLength: 3 })),
            fc.tuple(
              tie('string'),
              fc.array(fc.oneof(fc.option(text).map((value): Expr => ({ kind: 'literal', value, type: STRING }))), {
                minLength: 1,
                maxLength: 10,
              }),
            ),
            fc.tuple(tie('float'), fc.array(tie('float'), { minLength: 1, maxLength: 3 })),
          ),
          fc.boolean(),
          twoValued,
        )
        .map(([[arg, list], negated, two]): Expr => ({ kind: 'in', arg, list, negated, type: BOOLEAN, twoValued: two })),
      fc
        .tuple(tie('string'), leaf('string', STRING), fc.boolean(), fc.boolean())
        .map(
          ([arg, pattern, negated, ignoreCase]): Expr => ({ kind: 'like', arg, pattern, escape: null, ignoreCase, negated, type: BOOLEAN }),
        ),
      fc.oneof(tie('integer'), tie('float'), tie('string'), tie('any')).map((arg): Expr => ({ kind: 'truth', arg, type: BOOLEAN })),
    ),
  };
});

export const booleanArbitrary = typed.boolean;
export const expressionArbitrary: fc.Arbitrary<Expr> = fc.oneof(
  typed.integer,
  typed.float,
  typed.decimal,
  typed.string,
  typed.boolean,
  typed.time,
  typed.any,
);
