import { describe, expect, it } from 'vitest';
import { FAILING_TESTS } from '../../../test/testing/failing-tests.ts';
import { testQuery } from '../run/test-query.ts';

const analysed = (test: (typeof FAILING_TESTS)[number]) =>
  testQuery(test.sql, {
    seed: 1,
    assertions: test.assertions,
    ...(test.inputs ? { inputs: test.inputs } : {}),
    ...(test.schemas ? { schemas: test.schemas } : {}),
  });
const named = (name: string) => FAILING_TESTS.find((t) => t.name === name)!;

describe('failure analysis', () => {
  it('offers first what makes the test pass, in at least 70 % of many failures', { timeout: 60_000 }, async () => {
    let helped = 0;
    const without: string[] = [];
    for (const test of FAILING_TESTS) {
      const report = await analysed(test);
      expect([test.name, report.passed]).toEqual([test.name, false]);
      const first = report.analysis?.fixes[0];
      const isGood =
        first?.verified === true && first.passed === first.total && (first.kind !== 'assertion' || /assertion|expected/.test(test.name));
      if (isGood) helped++;
      else without.push(test.name);
    }
    expect(FAILING_TESTS.length).toBeGreaterThanOrEqual(50);
    expect({ share: helped / FAILING_TESTS.length >= 0.7, without: without.length <= 15 }).toEqual({ share: true, without: true });
  });

  it.each([
    ['status in capitals', "write 'paid' instead of 'PAID'", 'filter-word'],
    ['keys in lower case', 'compare customer_id and id by upper case', 'key-format'],
    ['joined by the wrong column', 'join by customers.id', 'join-column'],
    ['column that does not exist', 'write amount instead of amuont', 'unknown-name'],
    ['average of the wrong column', 'use price instead of quantity', 'wrong-column'],
    ['sum named average', 'use AVG instead of SUM for avg_price', 'wrong-aggregate'],
    ['CASE without ELSE', "add ELSE 'other'", 'case-without-else'],
    ['a row for every input row', 'EMIT FINAL', 'emit-mode'],
    ['window of the wrong size', "a window of INTERVAL '1' MINUTE", 'window-size'],
  ])('finds the cause of: %s', async (name, title, rule) => {
    const { analysis } = await analysed(named(name));
    expect(analysis).toMatchObject({
      rule,
      confidence: 0.9,
      fixes: expect.arrayContaining([expect.objectContaining({ title, verified: true })]),
    });
  });

  it('proves a fix: its SQL passes the same test', async () => {
    const test = named('status misspelled');
    const { analysis } = await analysed(test);
    const again = await testQuery(analysis!.fixes[0]!.sql!, { seed: 1, assertions: test.assertions, inputs: test.inputs! });
    expect(again.passed).toBe(true);
  });

  it('shows the keys of both sides and the relationship to declare', async () => {
    const { analysis } = await analysed(named('data without a relationship'));
    expect(analysis!.summary).toContain('0 % of the values of orders.customer_id (X0, X1, X2) occur in customers.id (C-1, C-2, C-3)');
    expect(analysis!.rootCause).toContain('relationships:\n  - field: customer_id\n    references: customers.id');
  });

  it('says where rows were lost', async () => {
    expect((await analysed(named('limit above all values'))).analysis!.summary).toBe(
      'WHERE removed all 60 rows of "orders". No row met price > 500.',
    );
  });

  it('gives the same answer each time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => analysed(named('keys with leading zeros'))));
    expect(b!.analysis).toEqual(a!.analysis);
  });

  it('says nothing about a test that passes', async () => {
    expect((await testQuery('SELECT id FROM t', { inputs: { t: [{ id: 1 }] } })).analysis).toBeUndefined();
  });
});
