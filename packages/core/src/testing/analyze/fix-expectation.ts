import { editDistance } from '../../connect/options/edit-distance.ts';
import type { Assertion } from '../../protocol/studio/testing.ts';
import { assertionTypes } from '../assert/evaluate.ts';
import { numberOf } from '../assert/operators.ts';
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
    const actual = numberOf(typeof result.actual === 'string' ? result.actual.replace('%', '') : result.actual);
    const key = EXPECTED.find((k) => assertion[k] !== undefined);
    if (actual === undefined || key === undefined) return [];
    const isShare = typeof result.actual === 'string' && result.actual.endsWith('%');
    const value = isShare ? actual / 100 : actual;
    const strict = key === 'greater_than' ? value - 1 : key === 'less_than' ? value + 1 : value;
    return [
      {
        title: `expect ${strict} in ${assertion.type}`,
        kind: 'assertion',
        rule: 'expected-value',
        because: `the query gives ${value}`,
        rank: 5,
        assertions: same(ctx, assertion, { ...assertion, [key]: strict }),
      },
    ];
  });
}
