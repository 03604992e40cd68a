import type { PushedPredicate } from '@velostream/core/connect';
import { type SqlType, textReader } from '@velostream/core/connect/formats';
import type { ColumnStatistics, RowGroup } from './footer.ts';
import { plainValues } from './plain-values.ts';
import type { ParquetSchema, SchemaNode } from './schema-tree.ts';

/** A smallest or largest value in scalar form. */
export type Bound = string | number | bigint | boolean;

/** Whether statistics rule out that a row of this group fulfils every predicate. Without statistics nothing is ruled out. */
export function isRuledOut(group: RowGroup, schema: ParquetSchema, predicates: readonly PushedPredicate[]): boolean {
  return predicates.some((predicate) => {
    const node = schema.top.find(({ element }) => element.name === predicate.column);
    const chunk = node === undefined || node.leaf < 0 ? undefined : group.columns[node.leaf];
    if (node === undefined || chunk?.statistics === undefined || node.element.repetition === 'repeated') return false;
    return excludes(predicate, node, chunk.statistics, group.rows);
  });
}

function excludes({ op, values }: PushedPredicate, node: SchemaNode, statistics: ColumnStatistics, rows: number): boolean {
  const { nulls } = statistics;
  if (op === 'is-null') return nulls === 0 || node.element.repetition === 'required';
  // A comparison with NULL is never true, so that a group of NULLs fulfils nothing else.
  if (nulls !== undefined && nulls === rows) return true;
  if (op === 'is-not-null') return false;
  const min = boundOf(node, statistics.min);
  const max = boundOf(node, statistics.max);
  if (min === undefined || max === undefined) return false;
  const wanted = values.map((value) => comparable(value, node.leafType?.type));
  if (wanted.some((value) => value === undefined)) return false;
  const below = (value: Bound): boolean => order(value, min) < 0;
  const above = (value: Bound): boolean => order(value, max) > 0;
  const outside = (value: Bound): boolean => below(value) || above(value);
  const [first] = wanted as Bound[];
  if (first === undefined) return op === 'in';
  switch (op) {
    case '=':
      return outside(first);
    case 'in':
      return (wanted as Bound[]).every(outside);
    case '<':
      return order(min, first) >= 0;
    case '<=':
      return order(min, first) > 0;
    case '>':
      return order(max, first) <= 0;
    case '>=':
      return order(max, first) < 0;
    default:
      return false;
  }
}

/** A bound of the statistics in scalar form; undefined where it cannot be compared safely. */
export function boundOf(node: SchemaNode, bytes: Uint8Array | undefined): Bound | undefined {
  const { leafType: leaf, element } = node;
  if (bytes === undefined || leaf === undefined || leaf.kind === 'int96' || leaf.kind === 'bytes' || leaf.kind === 'float16')
    return undefined;
  if (leaf.kind === 'uuid') return undefined;
  const { physical } = element;
  const isBytes = physical === 'BYTE_ARRAY' || physical === 'FIXED_LEN_BYTE_ARRAY';
  try {
    if (isBytes && leaf.kind === 'text') return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const stored = isBytes ? { ...element, physical: 'FIXED_LEN_BYTE_ARRAY' as const, typeLength: bytes.length } : element;
    const column = plainValues(leaf.kind, stored, bytes, 0, 1);
    const value = column.lane === 'dict' ? undefined : column.values[0];
    if (leaf.kind === 'boolean') return value === 1;
    if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
    return typeof value === 'bigint' ? value : undefined;
  } catch {
    // Cut off or foreign: such a bound says nothing.
    return undefined;
  }
}

/** A constant of the query in the scalar form of the column. Numbers compared with a decimal are brought to its scale as text. */
function comparable(value: Bound, type: SqlType | undefined): Bound | undefined {
  if (type === undefined) return undefined;
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'float':
    case 'timestamp':
    case 'date':
      return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
    case 'decimal': {
      const read = typeof value === 'number' || typeof value === 'string' ? textReader(type)(String(value)) : undefined;
      return typeof read === 'number' || typeof read === 'bigint' ? read : undefined;
    }
    default:
      return undefined;
  }
}

/** Text by code points, as Parquet orders the bytes of UTF-8; numbers of either form by value. */
function order(a: Bound, b: Bound): number {
  if (typeof a === 'string' && typeof b === 'string') {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) {
      if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
      const [x, y] = [a.codePointAt(i) as number, b.codePointAt(i) as number];
      // The second halves of pairs differ only where their first halves are the same.
      return x - y;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
