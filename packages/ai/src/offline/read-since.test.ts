import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

const since = (unit: string, time: string, key?: string): string =>
  `DATEDIFF('${unit}', LAG(${time}, 1) OVER (ROWS WINDOW BUFFER 2 ROWS${key === undefined ? '' : ` PARTITION BY ${key}`} ORDER BY ${time}), ${time})`;

describe('how long after the row before it each row comes', () => {
  test.each([
    ['bakery', 'time between bakes per oven', since('second', 'baked_at', 'oven')],
    ['bakery', 'minutes between consecutive bakes of the same oven', since('minute', 'baked_at', 'oven')],
    ['network', 'seconds since the previous flow per router', since('second', 'seen_at', 'router')],
    ['clinic', 'hours between two visits of a patient', since('hour', 'arrivedAt', 'patientId')],
    ['network', 'gap between flows', since('second', 'seen_at')],
  ] as const)('%s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });
});
