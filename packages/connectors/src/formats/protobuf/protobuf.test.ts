import { FLOAT, INTEGER, type Scalar, STRING, TIMESTAMP } from '@velostream/core/connect/formats';
import fc from 'fast-check';
import protobufjs from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { protobufRecords } from './index.ts';

const SCHEMA = `syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Side { UNKNOWN = 0; BUY = 1; SELL = 2; }
message Line { string sku = 1; int32 n = 2; Line next = 3; }
message Order {
  int64 id = 1; uint64 big = 2; sint32 diff = 3; fixed64 stamp = 4; double price = 5; float ratio = 6; bool ok = 7;
  string name = 8; bytes data = 9; Side side = 10; repeated int32 counts = 11; repeated string tags = 12;
  map<string, int64> attrs = 13; Line line = 14; optional string note = 15; google.protobuf.Timestamp at = 16;
  google.protobuf.Int64Value maybe = 17; oneof either { string left = 18; int32 right = 19; }
  message Inner { string x = 1; }
}`;

const plain = (value: Scalar): unknown =>
  value instanceof Map
    ? Object.fromEntries(value)
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : value;

/** The library's own encoder, with the well-known types resolved. */
const library = protobufjs.parse(SCHEMA, new protobufjs.Root(), { keepCase: true }).root;
for (const name of ['timestamp', 'wrappers']) library.addJSON(protobufjs.common.get(`google/protobuf/${name}.proto`)!.nested!);
library.resolveAll();
const theirs = library.lookupType('shop.Order');

const codec = await protobufRecords({ schema: SCHEMA, message: 'shop.Order' });
const read = codec.reader(codec.fields);
const row = (bytes: Uint8Array) => Object.fromEntries(codec.fields.map((field, i) => [field.name, plain(read(bytes)[i] as Scalar)]));

describe('Protobuf records', () => {
  test('have columns with the types of the schema', () => {
    expect(codec.fields.map(({ name, type }) => `${name} ${type.kind}`).join(', ')).toBe(
      'id integer, big decimal, diff integer, stamp decimal, price float, ratio float, ok boolean, name string, data bytes, side string, ' +
        'counts array, tags array, attrs map, line struct, note string, at timestamp, maybe integer, left string, right integer',
    );
  });

  test('give defaults where nothing was set, and NULL where that can be told', () => {
    const empty = row(new Uint8Array(0));
    expect(empty).toMatchObject({
      id: 0,
      name: '',
      ok: false,
      side: 'UNKNOWN',
      counts: [],
      attrs: {},
      note: null,
      line: null,
      maybe: null,
    });
  });

  test('read what the library writes', () => {
    const bytes = theirs
      .encode(
        theirs.fromObject({
          id: '-9007199254740993',
          big: '18446744073709551615',
          diff: -7,
          stamp: '5',
          price: 1.5,
          ratio: 0.5,
          ok: true,
          name: 'Zoë',
          data: [1, 2],
          side: 2,
          counts: [1, -2, 300],
          tags: ['a', ''],
          attrs: { ['__proto__']: 1, b: 2 },
          line: { sku: 's', n: 3 },
          note: '',
          at: { seconds: 1, nanos: 500_000_000 },
          maybe: { value: 4 },
          right: 9,
        }),
      )
      .finish();
    expect(row(bytes)).toMatchObject({
      id: -9007199254740993n,
      big: 18446744073709551615n,
      diff: -7,
      stamp: 5,
      price: 1.5,
      ratio: 0.5,
      ok: true,
      name: 'Zoë',
      data: { 0: 1, 1: 2 },
      side: 'SELL',
      counts: [1, -2, 300],
      tags: ['a', ''],
      line: { sku: 's', n: 3, next: null },
      note: '',
      at: 1500,
      maybe: 4,
      left: null,
      right: 9,
    });
  });

  test('give back what was written, and so does the library', () => {
    const value = fc.record({
      id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      price: fc.double({ noNaN: true }),
      name: fc.string({ unit: 'grapheme' }),
      counts: fc.array(fc.integer()),
      attrs: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.integer(), { noNullPrototype: false }),
    });
    const names = ['id', 'price', 'name', 'counts', 'attrs'];
    const columns = codec.fields.filter((field) => names.includes(field.name));
    const write = codec.writer(columns);
    const back = codec.reader(columns);
    fc.assert(
      fc.property(value, (v) => {
        const exact = Number.isSafeInteger(Number(v.id)) ? Number(v.id) : v.id;
        const own: Record<string, Scalar> = { ...v, id: exact, attrs: new Map(Object.entries(v.attrs)) };
        const bytes = write(columns.map((column) => own[column.name] as Scalar));
        expect(back(bytes)).toEqual(columns.map((column) => own[column.name]));
        expect(String((theirs.decode(bytes) as unknown as { id: unknown }).id)).toBe(String(v.id));
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('find the message by its place as well', async () => {
    expect((await protobufRecords({ schema: SCHEMA, message: [1] })).fields).toHaveLength(19);
    expect((await protobufRecords({ schema: SCHEMA, message: [1, 0] })).fields.map((f) => f.name)).toEqual(['x']);
    await expect(protobufRecords({ schema: SCHEMA, message: [7] })).rejects.toMatchObject({ code: 'VS4314' });
  });

  test('refuse wrong schemas, unknown columns and values without a place', async () => {
    await expect(protobufRecords({ schema: 'message {' })).rejects.toMatchObject({ code: 'VS4314' });
    await expect(protobufRecords({ schema: 'syntax = "proto3"; import "other.proto"; message A { int32 a = 1; }' })).rejects.toMatchObject({
      code: 'VS4314',
    });
    const other = await protobufRecords({
      schema: 'syntax = "proto3"; import "other.proto"; message A { B b = 1; }',
      imports: { 'other.proto': 'syntax = "proto3"; message B { int32 n = 1; }' },
    });
    expect(other.fields[0]?.type).toEqual({ kind: 'struct', fields: [{ name: 'n', type: INTEGER }] });
    expect(() => codec.reader([{ name: 'nam', type: STRING, nullable: true }])).toThrow(/has no column "nam"/);
    expect(() => codec.writer([{ name: 'nope', type: FLOAT, nullable: true }])).toThrow(expect.objectContaining({ code: 'VS4404' }));
    const write = codec.writer([{ name: 'side', type: STRING, nullable: true }]);
    expect(() => write(['HOLD'])).toThrow(expect.objectContaining({ code: 'VS4404' }));
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
      { seed: 12, numRuns: 2000 },
    );
    // A message inside itself, a thousand times.
    let deep = new Uint8Array(0);
    for (let i = 0; i < 1000; i++) deep = Uint8Array.from([0x1a, ...varint(deep.length), ...deep]);
    expect(() => read(Uint8Array.from([0x72, ...varint(deep.length), ...deep]))).toThrow(expect.objectContaining({ code: 'VS4310' }));
  });

  test('write times to the microsecond', () => {
    const columns = [{ name: 'at', type: TIMESTAMP, nullable: true }];
    for (const at of [0, -0.5, 1700000000123.456]) expect(codec.reader(columns)(codec.writer(columns)([at]))[0]).toBeCloseTo(at, 3);
  });
});

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>= 7) out.push((rest & 127) | 128);
  return [...out, rest];
}
