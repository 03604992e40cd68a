import { type Scalar, STRING } from '@velostream/core/connect/formats';
import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avroRecords } from './index.ts';

const SCHEMA = JSON.stringify({
  type: 'record',
  name: 'Trade',
  namespace: 'shop',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'name', type: ['null', 'string'], default: null },
    { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 2 } },
    { name: 'ratio', type: 'double' },
    { name: 'side', type: { type: 'enum', name: 'Side', symbols: ['BUY', 'SELL'] } },
    { name: 'tags', type: { type: 'array', items: 'string' } },
    { name: 'attrs', type: { type: 'map', values: ['null', 'int'] } },
    { name: 'point', type: ['null', { type: 'record', name: 'Point', fields: [{ name: 'x', type: 'int' }] }] },
  ],
});
const codec = avroRecords({ schema: SCHEMA });
const read = codec.reader(codec.fields);
const write = codec.writer(codec.fields);
const theirs = avsc.Type.forSchema(JSON.parse(SCHEMA) as avsc.Schema);

const row = fc.tuple(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.option(fc.string({ unit: 'grapheme' })),
  fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }),
  fc.double({ noNaN: true }),
  fc.constantFrom('BUY', 'SELL'),
  fc.array(fc.string()),
  fc.array(fc.tuple(fc.constantFrom('a', '__proto__', 'constructor'), fc.option(fc.integer()))),
  fc.option(fc.integer()),
);
const exact = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

describe('Avro records', () => {
  test('have columns with the types of the schema', () => {
    expect(codec.fields.map(({ name, type, nullable }) => `${name} ${type.kind}${nullable ? '' : ' not null'}`)).toEqual([
      'id integer not null',
      'name string',
      'price decimal not null',
      'ratio float not null',
      'side string not null',
      'tags array not null',
      'attrs map not null',
      'point struct',
    ]);
  });

  test('give back what was written', () => {
    fc.assert(
      fc.property(row, ([id, name, price, ratio, side, tags, attrs, x]) => {
        const point = x === null ? null : { x };
        const values: Scalar[] = [exact(id), name, exact(price), ratio, side, tags, new Map(attrs), point];
        const back = read(write(values)).map((value) =>
          value !== null && typeof value === 'object' && 'x' in value ? { ...value } : value,
        );
        expect(back).toEqual(values);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('read what avsc writes, and avsc reads what we write', () => {
    const value = {
      id: 12,
      name: { string: 'Zoë' },
      price: Buffer.from([4, 210]),
      ratio: 0.1,
      side: 'SELL',
      tags: ['a', 'b'],
      attrs: { k: { int: 5 } },
      point: { 'shop.Point': { x: -3 } },
    };
    const wrapped = avsc.Type.forSchema(JSON.parse(SCHEMA) as avsc.Schema, { wrapUnions: 'always' });
    const values = read(wrapped.toBuffer(value));
    expect(values.slice(0, 6)).toEqual([12, 'Zoë', 1234, 0.1, 'SELL', ['a', 'b']]);
    expect(values[6]).toEqual(new Map([['k', 5]]));
    expect(theirs.fromBuffer(Buffer.from(write(values)))).toMatchObject({ id: 12, name: 'Zoë', side: 'SELL', point: { x: -3 } });
  });

  test('end with a coded error on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          read(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'VS4310' });
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

const record = (...fields: unknown[]): string => JSON.stringify({ type: 'record', name: 'R', fields });
const resolved = (written: string, wanted: string, values: Scalar[]) => {
  const writer = avroRecords({ schema: written });
  const reader = avroRecords({ schema: written, readerSchema: wanted });
  return reader.reader(reader.fields)(writer.writer(writer.fields)(values));
};

describe('schema resolution', () => {
  test('promotes numbers, and takes fields by name, alias or default', () => {
    const written = record(
      { name: 'a', type: 'int' },
      { name: 'b', type: 'string' },
      { name: 'gone', type: { type: 'array', items: 'long' } },
    );
    const wanted = record(
      { name: 'c', type: 'string', aliases: ['b'] },
      { name: 'a', type: ['null', 'double'] },
      { name: 'd', type: 'long', default: 7 },
      { name: 'e', type: ['null', 'string'], default: null },
    );
    expect(resolved(written, wanted, [5, 'x', [1, 2]])).toEqual(['x', 5, 7, null]);
  });

  test('matches unions branch by branch, and enums by symbol', () => {
    const enumOf = (symbols: string[], more = {}) => ({ type: 'enum', name: 'E', symbols, ...more });
    const written = record({ name: 'u', type: ['null', 'int', 'string'] }, { name: 'e', type: enumOf(['A', 'B']) });
    const wanted = record({ name: 'u', type: ['string', 'long', 'null'] }, { name: 'e', type: enumOf(['A', 'Z'], { default: 'Z' }) });
    expect(resolved(written, wanted, [4, 'A'])).toEqual([4, 'A']);
    expect(resolved(written, wanted, ['t', 'B'])).toEqual(['t', 'Z']);
    expect(resolved(written, wanted, [null, 'A'])).toEqual([null, 'A']);
  });

  test('refuses what cannot be read as what is wanted', () => {
    const written = record({ name: 'a', type: 'string' });
    expect(() => resolved(written, record({ name: 'a', type: 'long' }), ['x'])).toThrow(expect.objectContaining({ code: 'VS4314' }));
    expect(() => resolved(written, record({ name: 'b', type: 'long' }), ['x'])).toThrow(/was not written and has no default/);
  });

  test('reads records inside themselves, to a depth', () => {
    const schema = JSON.stringify({
      type: 'record',
      name: 'Node',
      fields: [
        { name: 'v', type: 'int' },
        { name: 'next', type: ['null', 'Node'] },
      ],
    });
    const { fields, reader } = avroRecords({ schema });
    expect(fields[1]?.type).toEqual({ kind: 'any' });
    const chain = (length: number) => Uint8Array.from([...Array.from({ length: length - 1 }, () => [2, 2]).flat(), 2, 0]);
    expect(reader(fields)(chain(3))).toEqual([1, { v: 1, next: { v: 1, next: null } }]);
    expect(() => reader(fields)(chain(1000))).toThrow(expect.objectContaining({ code: 'VS4310' }));
  });

  test.each([
    ['not JSON', '{'],
    ['an unknown type', '"nope"'],
    ['a union in a union', '[["null"], "int"]'],
    ['a record without fields', '{"type":"record","name":"R"}'],
    ['two fields of one name', record({ name: 'a', type: 'int' }, { name: 'a', type: 'int' })],
    ['endless nesting', `${'{"type":"array","items":'.repeat(500)}"int"${'}'.repeat(500)}`],
  ])('refuses a schema that is %s', (_, schema) => {
    expect(() => avroRecords({ schema })).toThrow(expect.objectContaining({ code: 'VS4314' }));
  });

  test('names columns that a schema does not have', () => {
    expect(() => codec.reader([{ name: 'nam', type: STRING, nullable: true }])).toThrow(/Did you mean|has no column "nam"/);
  });
});
