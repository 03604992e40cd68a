import type { Row, Value } from '../../protocol/query.ts';
import { createRandom, type Random } from '../../values/generate/random.ts';
import type { CorruptionType, FaultInjection, MalformedType } from '../spec/test-spec.ts';
import { attachSchema, schemaOfRows } from './table-schema.ts';

export interface FaultStatistics {
  recordsProcessed: number;
  malformedInjected: number;
  duplicatesInjected: number;
  recordsReordered: number;
  fieldsCorrupted: number;
  slowDelaysAdded: number;
}

/**
 * Spoils a share of rows, by the seed. Malformed rows stay in the stream: the engine refuses them, which is what error counts see.
 * Delays are only counted; simulated time does not wait.
 */
export function injectFaults(
  rows: readonly Row[],
  faults: FaultInjection,
  o: { readonly seed: number; readonly name: string; readonly timeField?: string },
): { rows: Row[]; statistics: FaultStatistics } {
  const statistics: FaultStatistics = {
    recordsProcessed: rows.length,
    malformedInjected: 0,
    duplicatesInjected: 0,
    recordsReordered: 0,
    fieldsCorrupted: 0,
    slowDelaysAdded: 0,
  };
  const stream = (what: string): Random => createRandom(faults.seed ?? o.seed, `${o.name}\0fault\0${what}`);
  const [malformed, duplicate, order, slow, corrupt] = ['malformed', 'duplicates', 'order', 'slow', 'corruption'].map(stream) as [
    Random,
    Random,
    Random,
    Random,
    Random,
  ];
  const out: Row[] = [];
  for (const row of rows) {
    let made = row;
    if (faults.corruption && corrupt.next() < faults.corruption.rate) {
      made = corrupted(made, faults.corruption.fields, faults.corruption.types, corrupt);
      statistics.fieldsCorrupted++;
    }
    if (faults.malformed && malformed.next() < faults.malformed.rate) {
      made = malformedRow(made, pick(faults.malformed.types, malformed), malformed);
      statistics.malformedInjected++;
    }
    if (faults.slow && slow.next() < faults.slow.rate) statistics.slowDelaysAdded++;
    out.push(made);
    if (faults.duplicates && duplicate.next() < faults.duplicates.rate) {
      for (let n = duplicate.integer(1, faults.duplicates.maxDuplicates); n > 0; n--) {
        out.push(made);
        statistics.duplicatesInjected++;
      }
    }
  }
  if (faults.outOfOrder) statistics.recordsReordered = reorder(out, faults.outOfOrder.rate, faults.outOfOrder.windowSize, order);
  const schema = schemaOfRows(rows);
  return { rows: schema ? attachSchema(out, schema) : out, statistics };
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random.next() * list.length)] as T;

function malformedRow(row: Row, type: MalformedType, random: Random): Row {
  const names = Object.keys(row);
  const name = names[Math.floor(random.next() * names.length)] ?? 'value';
  const without = (): Row => Object.fromEntries(Object.entries(row).filter(([k]) => k !== name));
  switch (type) {
    case 'missing_field':
      return without();
    case 'wrong_type': {
      const numeric = names.find((n) => typeof row[n] === 'number') ?? name;
      return { ...row, [numeric]: 'not a value' };
    }
    case 'overflow': {
      const numeric = names.find((n) => typeof row[n] === 'number') ?? name;
      return { ...row, [numeric]: 1e300 };
    }
    case 'unexpected_null':
      return { ...row, [name]: null };
    case 'empty_record':
      return {};
    // Bytes that are no record reach the engine as text instead of an object.
    case 'invalid_json':
      return '{"broken": ' as unknown as Row;
    case 'invalid_encoding':
      return '\uFFFD\uFFFD\uFFFD' as unknown as Row;
    case 'truncated':
      return JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).slice(0, 10) as unknown as Row;
  }
}

function corrupted(row: Row, fields: readonly string[], types: readonly CorruptionType[], random: Random): Row {
  const names = fields.length > 0 ? fields.filter((f) => f in row) : Object.keys(row);
  if (names.length === 0) return row;
  const name = pick(names, random);
  return { ...row, [name]: corruptValue(row[name] ?? null, pick(types, random), random) };
}

function corruptValue(value: Value, type: CorruptionType, random: Random): Value {
  const isDecimal = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  switch (type) {
    case 'random_value':
      if (typeof value === 'number') return Math.floor(random.next() * 1_000_000);
      return isDecimal ? (random.next() * 1e6).toFixed(2) : `corrupt_${Math.floor(random.next() * 1e6)}`;
    case 'boundary_value':
      if (typeof value === 'number') return pick([0, -1, 2 ** 31 - 1, -(2 ** 31)], random);
      return isDecimal ? '0.00' : '';
    case 'bit_flip':
      if (typeof value === 'number') return Number.isSafeInteger(value) ? (value ^ 1) >>> 0 : -value;
      return typeof value === 'string' && !isDecimal && value.length > 0
        ? String.fromCharCode(value.charCodeAt(0) ^ 1) + value.slice(1)
        : value;
    case 'truncate':
      return typeof value === 'string' && !isDecimal
        ? value.slice(0, Math.max(1, value.length >> 1))
        : typeof value === 'number'
          ? Math.trunc(value / 10)
          : value;
    case 'case_change':
      return typeof value === 'string' ? (value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()) : value;
  }
}

function reorder(rows: Row[], rate: number, window: number, random: Random): number {
  let moved = 0;
  for (let i = 0; i < rows.length - 1; i++) {
    if (random.next() >= rate) continue;
    const other = Math.min(rows.length - 1, i + 1 + Math.floor(random.next() * window));
    const kept = rows[i] as Row;
    rows[i] = rows[other] as Row;
    rows[other] = kept;
    moved++;
  }
  return moved;
}
