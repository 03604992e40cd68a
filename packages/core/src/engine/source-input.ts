import type { TableSchema } from '../sql/catalog/schema.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { SourceInput } from './api.ts';

/** A source as the user declared it, in one shape. */
export interface DeclaredSource {
  readonly name: string;
  readonly kind: 'stream' | 'table';
  readonly data:
    | { readonly kind: 'array'; readonly rows: readonly object[] }
    | { readonly kind: 'iterable'; readonly rows: Iterable<object> }
    | { readonly kind: 'async'; readonly rows: AsyncIterable<object | readonly object[] | RecordBatch> }
    | { readonly kind: 'open' }
    | { readonly kind: 'uri'; readonly uri: string; readonly options: Readonly<Record<string, unknown>> };
  readonly schema: TableSchema | undefined;
  readonly eventTime: string | undefined;
  readonly watermarkDelayMs: number | undefined;
  readonly key: readonly string[] | undefined;
}

const has = (x: object, key: PropertyKey): boolean => key in x;

/** Generated arrays carry their schema as a non-enumerable property. */
const schemaOf = (rows: unknown): TableSchema | undefined => (Array.isArray(rows) ? (rows as { schema?: TableSchema }).schema : undefined);

function dataOf(rows: unknown): DeclaredSource['data'] {
  if (rows === undefined) return { kind: 'open' };
  if (Array.isArray(rows)) return { kind: 'array', rows };
  const value = rows as object;
  if (has(value, Symbol.asyncIterator)) return { kind: 'async', rows: value as AsyncIterable<object> };
  if (has(value, Symbol.iterator)) return { kind: 'iterable', rows: value as Iterable<object> };
  throw new TypeError('rows must be an array, an iterable or an async iterable');
}

export function declareSource(name: string, kind: 'stream' | 'table', input: SourceInput): DeclaredSource {
  const none = { schema: undefined, eventTime: undefined, watermarkDelayMs: undefined, key: undefined };
  if (Array.isArray(input) || has(input as object, Symbol.iterator) || has(input as object, Symbol.asyncIterator)) {
    const schema = schemaOf(input);
    return { name, kind, data: dataOf(input), ...none, schema, eventTime: schema?.eventTime };
  }
  const options = input as Exclude<SourceInput, readonly object[] | Iterable<object> | AsyncIterable<object>>;
  const schema = options.schema ?? ('rows' in options ? schemaOf(options.rows) : undefined);
  const data: DeclaredSource['data'] =
    'uri' in options
      ? {
          kind: 'uri',
          uri: options.uri,
          options: { ...options.options, ...(options.format === undefined ? {} : { format: options.format }) },
        }
      : dataOf('rows' in options ? options.rows : undefined);
  return {
    name,
    kind: kind === 'table' || schema?.kind === 'table' ? 'table' : 'stream',
    data,
    schema,
    eventTime: options.eventTime ?? schema?.eventTime,
    watermarkDelayMs: options.watermarkDelayMs,
    key: options.key ?? schema?.key,
  };
}
