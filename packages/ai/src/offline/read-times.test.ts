import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('how often something of a group has to be', () => {
  test.each([
    ['bakery', 'ovens that burnt a bake twice within an hour', '>= 2'],
    ['bakery', 'ovens used at least three times a day', '>= 3'],
    ['network', 'routers that dropped flows 5 or more times per minute', '>= 5'],
    ['network', 'clients seen exactly twice', '= 2'],
    ['clinic', 'doctors with a no show more than twice a week', '> 2'],
  ] as const)('%s: %s', (field, prompt, bound) => {
    expect(asked(field, prompt)).toContain(`HAVING COUNT(*) ${bound}`);
  });

  test('what is not to be counted twice is no bound', () => {
    expect(asked('clinic', "patients per doctor, don't count anybody twice")).not.toContain('HAVING');
  });
});
