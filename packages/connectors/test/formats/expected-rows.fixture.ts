import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Field } from '@velostream/core/connect';
import { type Scalar, type SqlType, scalarAt, textReader } from '@velostream/core/connect/formats';
import type { OpenedFile } from '../../src/formats/random-access.ts';

/** Rows that other tools wrote, by case; values that JSON has no type for are text. */
export type ExpectedRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

export const expectedRows = async (folder: string): Promise<ExpectedRows> =>
  JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as ExpectedRows;

/** A value of `expected.json` in the scalar form of the type that a reader found for its column. */
export function expectedScalar(type: SqlType, value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'timestamp':
      return Number(value) / 1000;
    case 'integer':
    case 'decimal':
    case 'date':
      return textReader(type)(String(value)) as Scalar;
    case 'bytes':
      return new Uint8Array(Buffer.from(value as string, 'base64'));
    case 'array':
      return (value as unknown[]).map((item) => expectedScalar(type.element, item));
    case 'map':
      return new Map(Object.entries(value as object).map(([key, item]) => [key, expectedScalar(type.value, item)]));
    case 'struct': {
      const inner = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(type.fields.map((field) => [field.name, expectedScalar(field.type, inner[field.name])]));
    }
    default:
      return value as Scalar;
  }
}

export async function rowsOf(
  file: OpenedFile,
  more: { fields?: readonly Field[]; maxBatchRows?: number; fromRecord?: number } = {},
): Promise<Record<string, Scalar>[]> {
  const fields = more.fields ?? file.fields;
  const rows: Record<string, Scalar>[] = [];
  const request = { predicates: [], maxBatchRows: 97, fromRecord: 0, signal: new AbortController().signal, ...more, fields };
  for await (const { batch } of file.read(request)) {
    for (let i = 0; i < batch.length; i++) {
      rows.push(Object.fromEntries(fields.map((field, c) => [field.name, plain(scalarAt(batch.columns[c]!, i))])));
    }
  }
  return rows;
}

/** Structures have no prototype; comparisons of tests want them like any other object. */
export function plain(value: Scalar): Scalar {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, plain(item)]));
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item as Scalar)]));
  }
  return value;
}
