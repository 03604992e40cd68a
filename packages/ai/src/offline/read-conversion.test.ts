import { describe, expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { asked } from './asked.fixture.ts';
import { translate } from './translate.ts';

const of = (value: string, column: string): string => `SUM(CASE WHEN ${column} = '${value}' THEN 1 ELSE 0 END)`;

describe('conversion from one step to another', () => {
  test.each([
    ['clinic', 'conversion from checkup to surgery per doctor', 'visitKind', 'surgery', 'checkup'],
    ['clinic', 'checkup-to-emergency conversion rate by room, daily', 'visitKind', 'emergency', 'checkup'],
  ] as const)('%s: %s', (field, prompt, column, later, first) => {
    expect(asked(field, prompt)).toContain(`1.0 * ${of(later, column)} / NULLIF(${of(first, column)}, 0)`);
  });

  test('in percent where that is said', () => {
    const answer = translate({
      prompt: 'view to cart conversion in percent per page',
      schemas: schemasFrom('hits: page STRING, kind STRING view|cart|sale, at TIMESTAMP'),
    });
    expect(answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : '').toContain(
      `100.0 * ${of('cart', 'kind')} / NULLIF(${of('view', 'kind')}, 0)`,
    );
  });
});
