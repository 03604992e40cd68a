import type { Expr } from '../../sql/bind/expression.ts';
import type { PlanNode } from '../../sql/plan/plan.ts';
import type { Column, Field } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import { createDictionary } from '../../values/dictionary.ts';
import { NO_META, type OpCode, type RecordBatch } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, type Scalar, type SqlType } from '../../values/types.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { type TestContext, testContext } from '../compile/env.fixture.ts';
import type { Operator, Output, RuntimeContext } from '../operator.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { makeSubqueryEvaluator } from '../tables/evaluate-subquery.ts';

/** One row on its way into an operator. */
export interface InputRow {
  readonly port?: number;
  readonly values: readonly Scalar[];
  /** Event time; none by default. */
  readonly time?: number;
  readonly op?: OpCode;
}

/** One row that came out. */
export interface OutputRow {
  readonly op: number;
  readonly values: readonly Scalar[];
  readonly time: number;
}

export const field = (name: string, type: SqlType = INTEGER): Field => ({ name, type, nullable: true });
export const columnExpr = (index: number, type: SqlType = INTEGER, name = `c${index}`): Expr => ({ kind: 'column', index, name, type });
export const literal = (value: Scalar, type: SqlType = INTEGER): Expr => ({ kind: 'literal', value, type });
export const compare = (op: '=' | '!=' | '<' | '<=' | '>' | '>=', left: Expr, right: Expr): Expr => ({
  kind: 'compare',
  op,
  left,
  right,
  type: { kind: 'boolean' },
});
/** `1 / value`, which fails on zero: for rows that cannot be calculated. */
export const failsOnZero = (arg: Expr): Expr => ({
  kind: 'arithmetic',
  op: '/',
  left: literal(1, FLOAT),
  right: arg,
  divisionByZero: 'error',
  type: FLOAT,
});

/** A scan to stand beneath the node under test. */
export const scan = (
  fields: readonly Field[],
  changes: 'append' | 'retract' = 'append',
  relationKind: 'stream' | 'table' = 'stream',
): PlanNode => ({
  kind: 'scan',
  relation: 'input',
  relationKind,
  columns: fields.map((f) => f.name),
  filter: null,
  system: [],
  uri: null,
  properties: new Map(),
  fields,
  changes,
});

/** A batch of rows. `dictionaries`: strings of a column go over this dictionary. */
export function batchOf(fields: readonly Field[], rows: readonly InputRow[], watermarks: Float64Array | null = null): RecordBatch {
  const columns = fields.map(
    (f, c): Column =>
      columnFromScalars(
        f.type,
        rows.map((row) => row.values[c] ?? null),
        f.type.kind === 'string' ? { dictionary: createDictionary() } : {},
      ),
  );
  const hasTimes = rows.some((row) => row.time !== undefined);
  const hasOps = rows.some((row) => (row.op ?? 0) !== 0);
  return {
    length: rows.length,
    columns,
    meta: hasTimes ? { ...NO_META, eventTime: Float64Array.from(rows, (row) => row.time ?? Number.NaN) } : NO_META,
    ops: hasOps ? Uint8Array.from(rows, (row) => row.op ?? 0) : null,
    watermarks,
  };
}

export const rowsOf = (batch: RecordBatch): OutputRow[] =>
  Array.from({ length: batch.length }, (_, i) => ({
    op: batch.ops?.[i] ?? 0,
    values: batch.columns.map((column) => scalarAt(column, i)),
    time: batch.meta.eventTime?.[i] ?? Number.NaN,
  }));

export interface RunOptions {
  readonly make: (context: RuntimeContext, env: CompileEnv) => Operator;
  /** Of each port. */
  readonly fields: readonly (readonly Field[])[];
  readonly rows: readonly InputRow[];
  readonly context?: TestContext;
  /** Rows of one port that stand together come in batches of at most this many; 1 by default. */
  readonly chunk?: number;
  /** Watermark: highest time so far - delay, per port; null: none comes before the end. */
  readonly delayMs?: number | null;
  /** Rows always tell the watermark in force, as for outer joins; else only where one is behind. */
  readonly perRow?: boolean;
  /** After these batches the operator is written, and a fresh one goes on. */
  readonly restoreAfter?: (batch: number) => boolean;
  readonly end?: boolean;
}

export interface RunResult {
  readonly rows: OutputRow[];
  readonly watermarks: number[];
  readonly operator: Operator;
  readonly context: TestContext;
  /** Bytes of the last snapshot. */
  readonly sizes: number[];
}

/** Runs rows through an operator as a pipeline would. */
export function runOperator(options: RunOptions): RunResult {
  const context = options.context ?? testContext();
  const env: CompileEnv = { context, subquery: (expr) => makeSubqueryEvaluator(expr, env) };
  const rows: OutputRow[] = [];
  const watermarks: number[] = [];
  const sizes: number[] = [];
  const out: Output = { batch: (batch) => void rows.push(...rowsOf(batch)), watermark: (time) => void watermarks.push(time) };
  let operator = options.make(context, env);
  const highest = options.fields.map(() => Number.NEGATIVE_INFINITY);
  const delayMs = options.delayMs === undefined ? 0 : options.delayMs;
  for (const [n, { port, part }] of batches(options.rows, options.chunk ?? 1).entries()) {
    const before = new Float64Array(part.length);
    let isBehind = false;
    for (const [i, row] of part.entries()) {
      before[i] = delayMs === null ? Number.NEGATIVE_INFINITY : highest[port]! - delayMs;
      if ((row.time ?? Number.POSITIVE_INFINITY) < before[i]!) isBehind = true;
      highest[port] = Math.max(highest[port]!, row.time ?? Number.NEGATIVE_INFINITY);
    }
    const batch = batchOf(options.fields[port]!, part, isBehind || options.perRow === true ? before : null);
    operator.process(port, batch, 0, batch.length, out);
    if (delayMs !== null && Number.isFinite(highest[port])) operator.watermark(port, highest[port]! - delayMs, out);
    if (options.restoreAfter?.(n) === true) operator = restored(operator, options.make(context, env), sizes);
  }
  if (options.end !== false) {
    for (const port of options.fields.keys()) {
      operator.watermark(port, Number.POSITIVE_INFINITY, out);
      operator.end(port, out);
    }
  }
  return { rows, watermarks, operator, context, sizes };
}

/** Writes one operator and reads it into another. The counters go along: they are no part of the answer. */
export function restored(from: Operator, into: Operator, sizes: number[] = []): Operator {
  const writer = createStateWriter();
  from.snapshot(writer);
  const bytes = writer.finish();
  sizes.push(bytes.length);
  const reader = createStateReader(bytes);
  into.restore(reader);
  if (!reader.done) throw new Error('the snapshot was not read to its end');
  const { rowsIn, rowsOut, rowsFiltered, rowsLate, rowsLateAccepted, rowErrors, windowsClosed } = from.metrics;
  Object.assign(into.metrics, { rowsIn, rowsOut, rowsFiltered, rowsLate, rowsLateAccepted, rowErrors, windowsClosed });
  return into;
}

function batches(rows: readonly InputRow[], chunk: number): { port: number; part: InputRow[] }[] {
  const parts: { port: number; part: InputRow[] }[] = [];
  for (const row of rows) {
    const port = row.port ?? 0;
    const last = parts.at(-1);
    if (last !== undefined && last.port === port && last.part.length < chunk) last.part.push(row);
    else parts.push({ port, part: [row] });
  }
  return parts;
}

export const values = (rows: readonly OutputRow[]): (readonly Scalar[])[] => rows.map((row) => row.values);
export const signed = (rows: readonly OutputRow[]): string[] =>
  rows.map((row) => `${row.op === 1 || row.op === 3 ? '-' : '+'} ${row.values.join(' ')}`);
