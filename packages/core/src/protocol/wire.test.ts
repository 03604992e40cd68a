import { expect, test } from 'vitest';
import { fromWire, rowReviver, toWire, wireJson } from './wire.ts';

test('shapes are renamed, data is not', () => {
  const shape = { rowCount: 1, rows: [{ userId: 1, user_name: 'a' }], nested: [{ latencyP99Ms: 3 }], options: { maxRows: 1 } };
  expect(toWire(shape)).toEqual({
    row_count: 1,
    rows: [{ userId: 1, user_name: 'a' }],
    nested: [{ latency_p99_ms: 3 }],
    options: { maxRows: 1 },
  });
  expect(fromWire(toWire(shape))).toEqual(shape);
});
test('maps keep the names of their user and rename what is inside', () => {
  const shape = {
    schemas: { my_topic: { eventTime: 'ts', columns: [] } },
    mappings: { in_put: { topic: 'a', fields: { user_id: 'customerId' } } },
    metrics: { job_a: { recordsIn: 1 } },
    job: { metrics: { recordsIn: 2 } },
  };
  expect(toWire(shape)).toEqual({
    schemas: { my_topic: { event_time: 'ts', columns: [] } },
    mappings: { in_put: { topic: 'a', fields: { user_id: 'customerId' } } },
    metrics: { job_a: { records_in: 1 } },
    job: { metrics: { records_in: 2 } },
  });
  expect(fromWire(toWire(shape))).toEqual(shape);
});
test('big integers cross as text and come back as what they were', () => {
  const text = wireJson({ rows: [{ id: 2n ** 60n, price: '12.30' }] });
  const [row] = JSON.parse(text).rows;
  const revive = rowReviver([
    { name: 'id', type: 'INTEGER' },
    { name: 'price', type: 'DECIMAL(10,2)' },
  ]);
  expect({ ...revive(row) }).toEqual({ id: 2n ** 60n, price: '12.30' });
});
test('a key called __proto__ stays data', () => {
  const wire = toWire(JSON.parse('{"fields":{"__proto__":"x"}}')) as { fields: object };
  expect(Object.keys(wire.fields)).toEqual(['__proto__']);
});
