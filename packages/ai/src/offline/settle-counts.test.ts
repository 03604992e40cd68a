import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('rows that a number is said of', () => {
  test('are counted in an alert', () => {
    expect(asked('network', 'alert if udp flows exceed 100 in 5 minutes')).toMatch(
      /^-- @alert: flow_count > 100 SELECT COUNT\(\*\) AS flow_count FROM flows WHERE protocol = 'udp' WINDOW TUMBLING/,
    );
  });
  test('are compared by their column where a unit tells it', () => {
    expect(asked('network', 'alert if flows exceed 80 ms')).toContain('latency_ms > 80');
  });
});

test('"counted once" counts each thing once and groups by none of them', () => {
  expect(asked('clinic', 'how many patients came to each doctor per day, each patient counted once')).toBe(
    "SELECT doctorName, COUNT(DISTINCT patientId) AS unique_patientids FROM visits GROUP BY doctorName WINDOW TUMBLING(INTERVAL '1' DAY)",
  );
});
