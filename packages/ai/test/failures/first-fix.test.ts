import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstFixHelps, type Seeded, seededFailures } from './seeded.ts';

describe('tests that fail by one mistake', () => {
  let made: Awaited<ReturnType<typeof seededFailures>>;
  let failures: readonly Seeded[] = [];
  beforeAll(async () => {
    made = await seededFailures();
    failures = made.failures;
  }, 240_000);
  afterAll(() => made.studio.close());

  test('there are at least fifty', () => {
    expect(failures.length).toBeGreaterThanOrEqual(50);
  });

  test('the first offered fix makes seven of ten pass when it is run again', { timeout: 120_000 }, async () => {
    const helped: boolean[] = [];
    for (const f of failures) helped.push(await firstFixHelps(made.session, f));
    expect(helped.filter(Boolean).length / helped.length).toBeGreaterThanOrEqual(0.7);
  });

  test('every offered fix has been run', () => {
    const fixes = failures.flatMap((f) => f.report.analysis?.fixes ?? []);
    expect(fixes.filter((fix) => !fix.verified || fix.total === 0)).toEqual([]);
  });
});
