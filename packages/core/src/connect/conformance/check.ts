import { VeloError } from '../../diagnostics/velo-error.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { entriesOf, isKeyed } from '../../values/scalar-shape.ts';
import type { Scalar } from '../../values/types.ts';
import type { FixtureRows } from './fixture.ts';

/** Fails a check with what was promised and not kept. */
export function check(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Error(`conformance: ${promise}`);
}

/** Whether two values are the same to a query: bigint and number by value, collections by content. */
export function sameScalar(a: Scalar, b: Scalar): boolean {
  if (Object.is(a, b)) return true;
  if ((typeof a === 'bigint' && typeof b === 'number') || (typeof a === 'number' && typeof b === 'bigint')) return BigInt(a) === BigInt(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || a instanceof Uint8Array) {
    const [x, y] = [a as ArrayLike<Scalar>, b as ArrayLike<Scalar>];
    return 'length' in b && x.length === y.length && Array.from(x).every((item, i) => sameScalar(item, y[i] as Scalar));
  }
  if (!isKeyed(a) || !isKeyed(b)) return false;
  const [x, y] = [entriesOf(a), entriesOf(b)];
  return x.length === y.length && x.every(([key, value], i) => key === y[i]![0] && sameScalar(value, y[i]![1]));
}

const show = (row: readonly Scalar[] | undefined): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value] : value)) ??
  'nothing';

export function checkRows(actual: FixtureRows, expected: FixtureRows, promise: string): void {
  const length = Math.max(actual.length, expected.length);
  for (let i = 0; i < length; i++) {
    const [a, e] = [actual[i], expected[i]];
    const isSame = a !== undefined && e !== undefined && a.length === e.length && a.every((value, c) => sameScalar(value, e[c] as Scalar));
    check(isSame, `${promise}; row ${i} of ${expected.length} is ${show(a)} and not ${show(e)}`);
  }
}

/** A batch keeps the promises of its lanes; gives its rows. */
export function rowsOfBatch(batch: RecordBatch, columns: number): Scalar[][] {
  check(batch.columns.length === columns, `a batch has a column per wanted field, ${columns} here`);
  for (const column of batch.columns) {
    check(column.values.length >= batch.length, 'a column has a value per row');
    check(column.nulls === null || column.nulls.length >= batch.length, 'a mask of NULLs has a mark per row');
    if (column.lane !== 'dict') continue;
    for (let i = 0; i < batch.length; i++) {
      const isNull = column.nulls?.[i] === 1;
      const code = column.values[i] as number;
      check(isNull || (code >= 0 && code < column.dictionary.size), 'codes lie within their dictionary');
    }
  }
  return Array.from({ length: batch.length }, (_, i) => batch.columns.map((column) => scalarAt(column, i)));
}

/** The work fails, and with an error that has a code. */
export async function checkRefused(work: () => Promise<unknown>, promise: string): Promise<void> {
  let error: unknown;
  try {
    await work();
  } catch (caught) {
    error = caught;
    check(VeloError.is(error), `${promise}, with a coded error and not ${String(error)}`);
    return;
  }
  check(false, promise);
}

/** Lets everything happen that is under way. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
