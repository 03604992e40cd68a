import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenByHand, firstFixHelps } from './broken.ts';

describe('tests that fail by a mistake made by hand', () => {
  let made: Awaited<ReturnType<typeof brokenByHand>>;
  beforeAll(async () => {
    made = await brokenByHand();
  }, 240_000);
  afterAll(() => made.studio.close());

  test('every mistake makes its test fail, each in another way', () => {
    expect(made.failures.filter((f) => f.report.passed).map((f) => f.mutation)).toEqual([]);
    expect(new Set(made.failures.map((f) => f.mutation)).size).toBe(made.failures.length);
    expect(made.failures.length).toBeGreaterThanOrEqual(80);
  });

  test('the first offered fix makes nine of ten pass when it is run again', { timeout: 120_000 }, async () => {
    const without: string[] = [];
    for (const f of made.failures) if (!(await firstFixHelps(made.session, f))) without.push(`${f.name}: ${f.mutation}`);
    expect(without.length, without.join('\n')).toBeLessThanOrEqual(made.failures.length / 10);
  });

  test('a fix that is offered was run, and holds more than before', () => {
    for (const { report } of made.failures) {
      const before = report.assertions.filter((a) => a.passed).length;
      for (const fix of report.analysis?.fixes ?? []) {
        expect(fix.verified).toBe(true);
        expect(fix.passed === fix.total || fix.passed > before).toBe(true);
      }
    }
  });
});
