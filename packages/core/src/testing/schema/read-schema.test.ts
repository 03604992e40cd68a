import { describe, expect, it } from 'vitest';
import { readDataSchema } from './read-schema.ts';
import { writeDataSchema } from './write-schema.ts';

const field = (yaml: string) => readDataSchema(`name: t\nfields:\n  - ${yaml.replaceAll('\n', '\n    ')}`).schema.fields[0]!;

const DOCUMENTED = `
schema:
  name: orders
  namespace: shop
  description: Orders of a shop
fields:
  - name: id
    type: uuid
  - name: amount
    type: decimal
    precision: 19
    scale: 2
    constraints: {range: {min: 1, max: 100}}
`;

const REAL = `
name: market_data
description: ticks
record_count: 500
key_field: symbol
colour: blue
fields:
  - name: symbol
    type: string
    constraints:
      enum_values: {values: [AAPL, MSFT], weights: [0.7, 0.3]}
  - name: price
    type: {decimal: {precision: 4}}
    constraints:
      range: {min: 100.0, max: 500.0}
      distribution:
        random_walk: {drift: 0.0001, volatility: 0.01, group_by: symbol}
  - name: ask
    type: decimal(19,4)
    constraints:
      derived: {expression: "price + 0.5", depends_on: [price]}
  - name: volume
    type: Integer
    constraints: {min: 1, max: 3000000000000, distribution: {log_normal: {mean: 10, std_dev: 1.5}}}
  - name: ts
    type: DateTime
    constraints: {timestamp_range: {start: "-1h", end: now}, sequential: true}
relationships:
  - {field: symbol, references: instruments.symbol, strategy: sample}
`;

describe('data schemas', () => {
  it('reads the documented dialect with its header map', () => {
    const { schema } = readDataSchema(DOCUMENTED);
    expect(schema).toMatchObject({ name: 'orders', namespace: 'shop', description: 'Orders of a shop' });
    expect(schema.fields[1]).toMatchObject({ type: 'decimal', scale: 2, constraints: { range: { min: 1, max: 100 } } });
  });

  it('reads the dialect of the real files and keeps unknown keys', () => {
    const { schema, warnings } = readDataSchema(REAL);
    expect(schema).toMatchObject({ recordCount: 500, keyField: 'symbol', extras: { colour: 'blue' } });
    expect(schema.fields.map((f) => [f.type, f.scale])).toEqual([
      ['string', undefined],
      ['decimal', 4],
      ['decimal', 4],
      ['integer', undefined],
      ['timestamp', undefined],
    ]);
    expect(schema.fields[1]?.constraints?.distribution).toEqual({
      name: 'random_walk',
      drift: 0.0001,
      volatility: 0.01,
      group_by: 'symbol',
    });
    expect(schema.fields[3]?.constraints?.range).toEqual({ min: 1, max: 3e12 });
    expect(warnings).toEqual(['key "colour" is not known']);
  });

  it('writes a canonical form that reads back the same', () => {
    for (const text of [DOCUMENTED, REAL]) {
      const { schema } = readDataSchema(text);
      expect(readDataSchema(writeDataSchema(schema)).schema).toEqual(schema);
    }
  });

  it.each([
    ['name: x\ntype: decimal(3)', { type: 'decimal', scale: 3 }],
    ['name: x\ntype: DECIMAL', { type: 'decimal', scale: 4 }],
    ['name: x\ntype: text', { type: 'string' }],
    ['name: x\ntype: i64', { type: 'integer' }],
    ['name: x\ntype: Double', { type: 'float' }],
    ['name: x\ntype: bool', { type: 'boolean' }],
  ])('understands the type in %j', (yaml, expected) => {
    expect(field(yaml)).toMatchObject(expected);
  });

  it.each([
    ['name: x\ntype: string\nconstraints: {enum: [a, b], weights: [1, 3]}', { enum_values: { values: ['a', 'b'], weights: [1, 3] } }],
    ['name: x\ntype: string\nconstraints: {enum_values: [a, b]}', { enum_values: { values: ['a', 'b'] } }],
    ['name: x\ntype: integer\nconstraints: {range: [1, 5]}', { range: { min: 1, max: 5 } }],
    ['name: x\ntype: integer\nconstraints: {min: 1, max: 5}', { range: { min: 1, max: 5 } }],
    ['name: x\ntype: string\nconstraints: {min_length: 0, max_length: 4}', { length: { min: 0, max: 4 } }],
    ['name: x\ntype: float\nconstraints: {range: {min: 0, max: 1}, distribution: normal}', { distribution: { name: 'normal' } }],
    ['name: x\ntype: timestamp\nconstraints: {range: relative, start: "-2h", end: now}', { timestamp_range: { start: '-2h', end: 'now' } }],
    [
      'name: x\ntype: integer\nconstraints: {timestamp_epoch_ms: {start: "-1d", end: now}}',
      { timestamp_epoch_ms: { start: '-1d', end: 'now' } },
    ],
    ['name: x\ntype: integer\nconstraints: {references: customers.id}', { references: { schema: 'customers', field: 'id' } }],
    ['name: x\ntype: float\nconstraints: {derived: "a + b"}', { derived: { expression: 'a + b' } }],
    ['name: x\ntype: integer\nconstraints: {custom_generator: {generator_type: sequence, params: {start: 7}}}', { sequence: { start: 7 } }],
  ])('brings the constraints of %j into one form', (yaml, expected) => {
    expect(field(yaml).constraints).toMatchObject(expected);
  });

  it.each([
    ['no name', 'fields: [{name: a, type: string}]', 'it has no name'],
    ['no fields', 'name: t\nfields: []', 'it has no fields'],
    ['a field twice', 'name: t\nfields: [{name: a, type: string}, {name: a, type: string}]', 'duplicate field "a"'],
    ['an unknown type', 'name: t\nfields: [{name: a, type: blob}]', 'unknown type "blob"'],
    ['limits upside down', 'name: t\nfields: [{name: a, type: integer, constraints: {min: 2, max: 1}}]', 'min 2 is above max 1'],
    [
      'weights that do not fit',
      'name: t\nfields: [{name: a, type: string, constraints: {enum: [x], weights: [1, 2]}}]',
      '"a" has 1 values and 2 weights',
    ],
    ['text that is no YAML', 'a: [', 'data schema'],
  ])('refuses %s', (_, yaml, message) => {
    expect(() => readDataSchema(yaml)).toThrow(message);
  });

  it('takes an unknown strategy for a sample and says so', () => {
    const { schema, warnings } = readDataSchema(
      'name: t\nfields: [{name: a, type: string}]\nrelationships: [{field: a, references: b.c, strategy: magic}]',
    );
    expect(schema.relationships?.[0]?.strategy).toBe('sample');
    expect(warnings[0]).toContain('magic');
  });
});
