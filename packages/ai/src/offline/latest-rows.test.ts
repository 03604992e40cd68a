import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('the last row of each', () => {
  test.each([
    ['bakery', 'latest bake per oven', ['oven', 'LAST_VALUE(product)', 'LAST_VALUE(weight_kg)', 'GROUP BY oven']],
    ['network', 'the most recent flow of each router', ['router', 'LAST_VALUE(bytes_sent)', 'GROUP BY router']],
    ['clinic', 'newest visit for every patient', ['patientId', 'LAST_VALUE(doctorName)', 'GROUP BY patientId']],
  ] as const)('%s: %s', (field, prompt, parts) => {
    const sql = asked(field, prompt);
    for (const part of parts) expect(sql).toContain(part);
    expect(sql).not.toContain('COUNT(');
  });

  test('of a number it is the last value of that alone', () => {
    expect(asked('network', 'latest latency per router')).toContain('SELECT router, LAST_VALUE(latency_ms) AS latest_latency_ms FROM');
  });
});
