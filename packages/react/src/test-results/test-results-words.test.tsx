import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Artifact } from '../artifact/Artifact.tsx';
import { testResults } from '../testing/samples/sample-tests.ts';
import { VeloTheme } from '../ui/VeloTheme.tsx';

afterEach(cleanup);

const shown = (...assertions: readonly { readonly passed: boolean; readonly message: string }[]): string => {
  const { data } = testResults;
  if (!('report' in data)) throw new Error('a report of one query is expected');
  const report = {
    ...data.report,
    passed: assertions.every(({ passed }) => passed),
    assertions: assertions.map((each) => ({ type: 'record_count', ...each })),
  };
  const { container } = render(
    <VeloTheme>
      <Artifact artifact={{ ...testResults, data: { report } }} />
    </VeloTheme>,
  );
  return container.textContent ?? '';
};

test('one assertion that failed is not counted', () => {
  const text = shown({ passed: false, message: 'record_count of the result is 142' });
  expect(text).toContain('The assertion failed');
  expect(text).not.toContain('1 of 1');
});

test('several are counted', () => {
  expect(shown({ passed: false, message: 'a' }, { passed: true, message: 'b' })).toContain('1 of 2 assertions failed');
});

test('what was checked is told in words', () => {
  const text = shown({ passed: true, message: 'record_count of the result is 142' });
  expect(text).toContain('Record count of the result is 142');
  expect(text).not.toContain('record_count');
});

test('a cause is told once', () => {
  const { data } = testResults;
  if (!('report' in data)) throw new Error('a report of one query is expected');
  const cause = 'status IS NULL lets the wrong rows through';
  const fix = { title: 'write status IS NOT NULL', kind: 'sql', verified: true, passed: 1, total: 1 } as const;
  const analysis = { summary: 'No row met status IS NULL', rootCause: cause, suggestions: [`${fix.title}: ${cause}`], fixes: [fix] };
  const report = {
    ...data.report,
    passed: false,
    assertions: [{ type: 'record_count', passed: false, message: 'record_count is 0' }],
    analysis: { ...analysis, confidence: 0.9, rule: 'condition' },
  };
  const { container } = render(
    <VeloTheme>
      <Artifact artifact={{ ...testResults, data: { report } }} />
    </VeloTheme>,
  );
  expect((container.textContent ?? '').split(cause)).toHaveLength(2);
  expect(container.textContent).toContain(fix.title);
});
