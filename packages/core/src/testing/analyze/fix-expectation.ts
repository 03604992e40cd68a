import type { Assertion, AssertionResult } from '../../protocol/studio/testing.ts';
import { editDistance } from '../../sql/syntax/edit-distance.ts';
import { assertionTypes } from '../assert/evaluate.ts';
import { numberOf, type Operator, operatorOf } from '../assert/operators.ts';
import type { FailureContext } from './context.ts';
import type { Fix } from './fix.ts';

/** Parameters that hold what is expected. */
const EXPECTED = [
  'expected',
  'equals',
  'value',
  'greater_than',
  'less_than',
  'greater_than_or_equal',
  'less_than_or_equal',
  'min',
  'max',
  'min_match_rate',
  'max_ms',
  'max_errors',
  'max_rate',
];

const same = (ctx: FailureContext, which: Assertion, change: Assertion): Assertion[] =>
  ctx.assertions.map((a) => (a === which ? change : a));

/** The assertion itself may be wrong: its type misspelled, its number another one. Offered last: it makes the test weaker. */
export function fixExpectations(ctx: FailureContext): Fix[] {
  return ctx.failed.flatMap(({ assertion, result }): Fix[] => {
    if (/is not known$/.test(result.message) && result.actual === assertion.type) {
      const nearest = [...assertionTypes()].sort((a, b) => editDistance(a, assertion.type, 20) - editDistance(b, assertion.type, 20))[0];
      return nearest === undefined
        ? []
        : [
            {
              title: `write ${nearest} instead of ${assertion.type}`,
              kind: 'assertion',
              rule: 'assertion-type',
              because: `there is no assertion "${assertion.type}"`,
              rank: 95,
              assertions: same(ctx, assertion, { ...assertion, type: nearest }),
            },
          ];
    }
    return [...otherOperator(ctx, assertion, result), ...otherRange(ctx, assertion, result), ...otherNumber(ctx, assertion, result)];
  });
}

/** Operators with what a person may have meant instead: the limit itself too, or the other side. */
const OTHERS: Readonly<Partial<Record<Operator, readonly Operator[]>>> = {
  less_than: ['less_than_or_equal', 'greater_than_or_equal', 'greater_than'],
  less_than_or_equal: ['greater_than_or_equal', 'greater_than'],
  greater_than: ['greater_than_or_equal', 'less_than_or_equal', 'less_than'],
  greater_than_or_equal: ['less_than_or_equal', 'less_than'],
  not_equals: ['equals'],
};

function otherOperator(ctx: FailureContext, assertion: Assertion, result: AssertionResult): Fix[] {
  const given = assertion['operator'];
  if (typeof given !== 'string') return otherLimit(ctx, assertion);
  const own = operatorOf(given);
  const near = own === undefined ? nearestOperator(given) : undefined;
  const others = own === undefined ? (near === undefined ? [] : [near]) : (OTHERS[own] ?? []);
  return others.map((operator, i) => ({
    title: `write ${operator} instead of ${given} in ${assertion.type}`,
    kind: 'assertion',
    rule: 'assertion-operator',
    because: own === undefined ? `there is no operator "${given}"` : result.message,
    rank: own === undefined ? 95 : 6 - i,
    assertions: same(ctx, assertion, { ...assertion, operator }),
  }));
}

/** What operators are called where people talk. */
const CALLED: Readonly<Record<string, Operator>> = {
  at_least: 'greater_than_or_equal',
  minimum: 'greater_than_or_equal',
  min: 'greater_than_or_equal',
  at_most: 'less_than_or_equal',
  maximum: 'less_than_or_equal',
  max: 'less_than_or_equal',
  above: 'greater_than',
  over: 'greater_than',
  more_than: 'greater_than',
  exceeds: 'greater_than',
  below: 'less_than',
  under: 'less_than',
  fewer_than: 'less_than',
  is: 'equals',
  not: 'not_equals',
  is_not: 'not_equals',
};

const nearestOperator = (word: string): Operator | undefined =>
  CALLED[
    word
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_')
  ] ??
  (Object.keys(OTHERS) as Operator[])
    .map((operator) => ({ operator, distance: editDistance(operator, word.toLowerCase(), 4) }))
    .filter(({ distance }) => distance <= 4)
    .sort((a, b) => a.distance - b.distance)[0]?.operator;

/** `less_than: 5` where `greater_than: 5` was meant. */
function otherLimit(ctx: FailureContext, assertion: Assertion): Fix[] {
  return (Object.keys(OTHERS) as Operator[])
    .filter((operator) => assertion[operator] !== undefined)
    .flatMap((operator) =>
      (OTHERS[operator] ?? []).map((other, i): Fix => {
        const { [operator]: limit, ...rest } = assertion;
        return {
          title: `write ${other} instead of ${operator} in ${assertion.type}`,
          kind: 'assertion',
          rule: 'assertion-operator',
          because: 'the limit itself, or the other side of it, may be meant',
          rank: 6 - i,
          assertions: same(ctx, assertion, { ...rest, [other]: limit, type: assertion.type }),
        };
      }),
    );
}

/** A range whose ends are swapped, or that what comes lies outside of. */
function otherRange(ctx: FailureContext, assertion: Assertion, result: AssertionResult): Fix[] {
  const key = ['between', 'expected', 'range'].find((k) => Array.isArray(assertion[k]));
  const ends = key === undefined ? [assertion['min'], assertion['max']] : (assertion[key] as readonly unknown[]);
  const [low, high] = [numberOf(ends[0]), numberOf(ends[1])];
  if (ends.length !== 2 || low === undefined || high === undefined) return [];
  const within = (a: number, b: number, rank: number, because: string): Fix => ({
    title: `expect ${a} to ${b} in ${assertion.type}`,
    kind: 'assertion',
    rule: 'expected-range',
    because,
    rank,
    assertions: same(ctx, assertion, { ...assertion, ...(key === undefined ? { min: a, max: b } : { [key]: [a, b] }) }),
  });
  if (low > high) return [within(high, low, 90, `nothing lies between ${low} and ${high}: the lower bound stands first`)];
  const actual = numberOf(result.actual);
  return actual === undefined ? [] : [within(Math.min(low, actual), Math.max(high, actual), 6, `the query gives ${actual}`)];
}

/** A number that is off by less than this share of it, 0 to 1, is a rounded one. */
const ROUNDED = 0.005;

function otherNumber(ctx: FailureContext, assertion: Assertion, result: AssertionResult): Fix[] {
  const actual = numberOf(typeof result.actual === 'string' ? result.actual.replace('%', '') : result.actual);
  const key = EXPECTED.find((k) => assertion[k] !== undefined);
  if (actual === undefined || key === undefined) return [];
  const isShare = typeof result.actual === 'string' && result.actual.endsWith('%');
  const value = isShare ? actual / 100 : actual;
  const expected = numberOf(assertion[key]);
  const off = expected === undefined ? Number.POSITIVE_INFINITY : Math.abs(value - expected);
  const rounded: Fix[] =
    assertion.type === 'aggregate_check' && off > 0 && off <= Math.abs(value) * ROUNDED
      ? [
          {
            title: `allow a tolerance of ${Number((off * 1.1).toPrecision(2))} in ${assertion.type}`,
            kind: 'assertion',
            rule: 'tolerance',
            because: `the query gives ${value}, which rounds to what is expected`,
            rank: 7,
            assertions: same(ctx, assertion, { ...assertion, tolerance: Number((off * 1.1).toPrecision(2)) }),
          },
        ]
      : [];
  const strict = key === 'greater_than' ? value - 1 : key === 'less_than' ? value + 1 : value;
  return [
    ...rounded,
    {
      title: `expect ${strict} in ${assertion.type}`,
      kind: 'assertion',
      rule: 'expected-value',
      because: `the query gives ${value}`,
      rank: 5,
      assertions: same(ctx, assertion, { ...assertion, [key]: strict }),
    },
  ];
}
