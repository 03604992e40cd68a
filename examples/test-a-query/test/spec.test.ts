import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderReport, runTestSpec } from '@velostream/core/testing';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

test('the spec file passes', async () => {
  const report = await runTestSpec(read('visits.test.yaml'), { files: { read } });
  expect(report.passed, renderReport(report, 'text')).toBe(true);
});
