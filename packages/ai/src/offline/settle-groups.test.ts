import { expect, test } from 'vitest';
import { schemasFrom } from '../eval/case.ts';
import { translate } from './translate.ts';

const schemas = schemasFrom(`
  pump_data: pump STRING, yard STRING, flow_lpm FLOAT, grade INTEGER, hours FLOAT, pumped_at TIMESTAMP
  table pumps: pump STRING, maker STRING
`);

const sqlOf = (prompt: string): string => {
  const answer = translate({ prompt, schemas });
  return answer.kind === 'sql' ? answer.sql.replace(/\s+/g, ' ') : answer.kind;
};

test('a bound without a group is of what is named first', () => {
  expect(sqlOf('pumps with an average flow of at least 40 per hour')).toMatch(
    /^SELECT pump, .*GROUP BY pump .*HAVING AVG\(flow_lpm\) >= 40/,
  );
});

test('what rows of data are of is counted once', () => {
  expect(sqlOf('how many pumps of each yard reported within every minute')).toMatch(/COUNT\(DISTINCT pump\).* GROUP BY yard/);
  expect(sqlOf('number of pumps per maker')).not.toContain('GROUP BY yard');
});

test.each([
  ['highest grade of each yard', 'MAX(grade)'],
  ['hardest grade of each yard', 'MAX(grade)'],
  ['yards averaging grade 7 or better in a week', 'HAVING AVG(grade) >= 7'],
])('a whole number that tells which has figures where one is asked for: %s', (prompt, figure) => {
  expect(sqlOf(prompt)).toContain(figure);
});

test('hours add up where no other figure is named', () => {
  expect(sqlOf('hours by yard')).toContain('SUM(hours)');
  expect(sqlOf('average hours by yard')).toContain('AVG(hours)');
});
