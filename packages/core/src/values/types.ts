/**
 * SQL types. A type is plain data; two types are equal when `sameType` says so.
 *
 * How a value of each type looks inside the engine ("scalar form"):
 *
 * | type        | scalar form                                                                  |
 * |-------------|------------------------------------------------------------------------------|
 * | integer     | `number` when safe (|x| <= 2^53-1), else `bigint`; 64-bit range is enforced    |
 * | decimal     | the unscaled integer, in the form of `integer`; `scale` stands in the type     |
 * | float       | `number`                                                                     |
 * | boolean     | `boolean`                                                                    |
 * | string      | `string`                                                                     |
 * | timestamp   | `number`, ms since the epoch, UTC (may have a fraction for µs)                |
 * | date        | `number`, ms since the epoch at midnight UTC                                 |
 * | time        | `number`, ms of the day                                                      |
 * | interval    | `number`, ms                                                                 |
 * | bytes       | `Uint8Array`                                                                 |
 * | array       | `readonly Scalar[]`                                                          |
 * | map         | `ReadonlyMap<string, Scalar>` (keys in insertion order)                      |
 * | struct      | null-prototype object, own keys are the fields                               |
 * | json, any   | a JSON-like value whose type is known only at run time                       |
 * | null        | `null`; NULL of every other type is `null` too                               |
 */
export type SqlType =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' }
  /** `instant`: ms since the epoch, of a record or as a bound of a window. An INTEGER in every other respect; what shows the value writes a time. */
  | { readonly kind: 'integer'; readonly instant?: true | 'window' }
  | { readonly kind: 'float' }
  /** `precision` digits at most 38; `scale` digits after the point. SCALED_INTEGER(s) is DECIMAL(18, s). */
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'string' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'interval' }
  | { readonly kind: 'json' }
  /** Known only at run time, for example the result of JSON_VALUE. */
  | { readonly kind: 'any' }
  | { readonly kind: 'array'; readonly element: SqlType }
  | { readonly kind: 'map'; readonly value: SqlType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] };

export interface StructField {
  readonly name: string;
  readonly type: SqlType;
}

export type TypeKind = SqlType['kind'];

export type Scalar =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Scalar[]
  | ReadonlyMap<string, Scalar>
  | { readonly [field: string]: Scalar };

export const NULL: SqlType = { kind: 'null' };
export const BOOLEAN: SqlType = { kind: 'boolean' };
export const INTEGER: SqlType = { kind: 'integer' };
/** Times of records, and inside plans bounds of windows: INTEGER in the dialect, and points in time. */
export const INSTANT_MS: SqlType = { kind: 'integer', instant: true };
export const FLOAT: SqlType = { kind: 'float' };
export const STRING: SqlType = { kind: 'string' };
export const BYTES: SqlType = { kind: 'bytes' };
export const DATE: SqlType = { kind: 'date' };
export const TIME: SqlType = { kind: 'time' };
export const TIMESTAMP: SqlType = { kind: 'timestamp' };
export const INTERVAL: SqlType = { kind: 'interval' };
export const JSON_TYPE: SqlType = { kind: 'json' };
export const ANY: SqlType = { kind: 'any' };
export const decimal = (precision: number, scale: number): SqlType => ({ kind: 'decimal', precision, scale });
export const arrayOf = (element: SqlType): SqlType => ({ kind: 'array', element });
export const mapOf = (value: SqlType): SqlType => ({ kind: 'map', value });
