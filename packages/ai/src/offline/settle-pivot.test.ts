import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('values side by side have a figure each', () => {
  test.each([
    ['network', 'tcp, udp and icmp flows side by side per router', 3, 'protocol'],
    ['bakery', 'bread and rolls per oven as two columns, daily', 2, 'product'],
    ['clinic', 'checkups and emergencies by doctor, next to each other', 2, 'visitKind'],
    ['clinic', 'emergency and surgery visits per doctor in columns of their own', 2, 'visitKind'],
  ] as const)('%s: %s', (field, prompt, columns, column) => {
    const sql = asked(field, prompt);
    expect(sql.match(new RegExp(`SUM\\(CASE WHEN ${column} = `, 'g'))).toHaveLength(columns);
    expect(sql).not.toContain('WHERE');
  });
  test('of a sum that is named', () => {
    expect(asked('network', 'total bytes of tcp and udp side by side per router')).toContain(
      "SUM(CASE WHEN protocol = 'tcp' THEN bytes_sent ELSE 0 END)",
    );
  });
});
