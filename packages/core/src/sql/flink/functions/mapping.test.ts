import { describe, expect, test } from 'vitest';
import { provideWholeLanguage } from '../../bind/whole-language.ts';
import { listFunctions } from '../../functions/all-functions.ts';
import { printed } from '../flink.fixture.ts';
import { aggregateFunctions } from './aggregate-functions.ts';
import { analyticFunctions } from './analytic-functions.ts';
import { scalarMappings } from './print-call.ts';

provideWholeLanguage();
const functions = listFunctions();
const tableOf = (kind: string): Readonly<Record<string, unknown>> =>
  kind === 'aggregate' ? aggregateFunctions : kind === 'analytic' ? analyticFunctions : scalarMappings;

describe('the mapping of functions', () => {
  test.each(functions.map((each) => [`${each.kind} ${each.name}`, each] as const))('%s has an entry', (_, { kind, name }) => {
    expect(Object.hasOwn(tableOf(kind), name)).toBe(true);
  });

  test('has no entry without a function', () => {
    const known = new Set(
      functions.map((each) => `${each.kind === 'scalar' || each.kind === 'window' ? 'scalar' : each.kind} ${each.name}`),
    );
    const entries = [
      ...Object.keys(scalarMappings).map((name) => `scalar ${name}`),
      ...Object.keys(aggregateFunctions).map((name) => `aggregate ${name}`),
      ...Object.keys(analyticFunctions).map((name) => `analytic ${name}`),
    ];
    expect(entries.filter((entry) => !known.has(entry))).toEqual([]);
  });

  test.each(
    functions
      .filter((each) => each.kind === 'scalar')
      .flatMap((each) => each.examples.slice(0, 2).map((example) => [example.sql] as const)),
  )('%s is printed or refused with a reason', (sql) => {
    const { statements } = printed(`SELECT ${sql} AS x FROM trades`);
    const last = statements.at(-1);
    if (last?.verdict === 'refused') expect(last.reasons.join(' ')).toMatch(/on Flink|Kafka only/);
    else expect(last?.sql).toMatch(/^SELECT .+ AS `x`/s);
  });
});
