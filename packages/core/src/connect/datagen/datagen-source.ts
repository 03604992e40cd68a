import { connectorError } from '../../diagnostics/codes/connector.ts';
import type { Column, Field } from '../../values/column.ts';
import { checkGenerator } from '../../values/generate/check-generator.ts';
import { createGenerator } from '../../values/generate/create-generator.ts';
import type { ColumnGenerator, GeneratedColumn } from '../../values/generate/generator.ts';
import { NO_META } from '../../values/record-batch.ts';
import type { ConnectorHost, ReadRequest, Source, SourceBatch, SystemName } from '../connector.ts';
import type { Offset } from '../offset.ts';
import { waitFor } from '../wait-for.ts';
import type { DatagenOptions } from './datagen-options.ts';
import { PRESETS } from './presets.ts';

/** Paced rows come at least this often, so that a slow pace still looks alive. */
const TICK_MS = 50;

interface Position {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

/**
 * Seeded rows. A position holds the number of rows and the state of each generator in use, so that resuming costs nothing.
 * The rows do not depend on the batch size, on the pace or on which columns are read.
 */
export function datagenSource(options: DatagenOptions, host: ConnectorHost): Source {
  const columns = columnsOf(options, host);
  const make = (): ReadonlyMap<string, ColumnGenerator> => new Map(columns.map((c) => [c.name, createGenerator(c, options.seed)]));
  const fields: readonly Field[] = columns.map((c) => ({
    name: c.name,
    type: createGenerator(c, options.seed).type,
    nullable: (c.nulls ?? 0) > 0,
  }));
  const eventTime = columns.find((c) => c.kind === 'timestamp' && (c.nulls ?? 0) === 0)?.name;
  let isReading = false;
  return {
    async describe() {
      return { fields, bounded: options.rows !== undefined, ...(eventTime === undefined ? {} : { eventTime }), origin: 'declared' };
    },
    async *read(request) {
      if (isReading) throw connectorError('VS4110', { connector: 'datagen' });
      isReading = true;
      try {
        yield* generate(columns, make(), options, host, request);
      } finally {
        isReading = false;
      }
    },
  };
}

function columnsOf(options: DatagenOptions, host: ConnectorHost): readonly GeneratedColumn[] {
  const preset = options.preset ?? 'trades';
  const given = options.columns ?? PRESETS.get(preset);
  if (given === undefined) throw connectorError('VS4105', { preset, known: [...PRESETS.keys()] });
  const { start } = options;
  const moved = given.map((c) =>
    c.kind === 'timestamp' && start !== undefined ? { ...c, start: start === 'now' ? host.now() : start } : c,
  );
  const names: string[] = [];
  for (const column of moved) {
    const problem = checkGenerator(column, names);
    if (problem !== undefined) throw connectorError('VS4109', { column: String(column.name), problem });
    names.push(column.name);
  }
  return moved;
}

/** The wanted columns and those that they walk by, in the order in which they are made. */
function neededColumns(columns: readonly GeneratedColumn[], fields: readonly Field[]): readonly GeneratedColumn[] {
  const needed = new Set<string>();
  const need = (name: string): void => {
    const column = columns.find((c) => c.name === name);
    if (column === undefined) throw connectorError('VS4108', { column: name, connector: 'datagen' });
    needed.add(name);
    if (column.kind === 'walk' && column.by !== undefined) need(column.by);
  };
  for (const field of fields) need(field.name);
  return columns.filter((c) => needed.has(c.name));
}

async function* generate(
  columns: readonly GeneratedColumn[],
  generators: ReadonlyMap<string, ColumnGenerator>,
  options: DatagenOptions,
  host: ConnectorHost,
  request: ReadRequest,
): AsyncGenerator<SourceBatch> {
  const used = neededColumns(columns, request.fields);
  let row = restore(request.from, used, generators);
  const total = options.rows ?? Number.POSITIVE_INFINITY;
  const pace = createPace(options.rows_per_second, Math.max(0, options.history - row), host);
  while (row < total && !request.signal.aborted) {
    const wanted = Math.min(request.maxBatchRows, total - row);
    const due = pace === null ? wanted : await pace(wanted, request.signal);
    if (due === 0) return;
    const made = new Map<string, Column>();
    for (const { name } of used) made.set(name, generators.get(name)!.fill(due, made));
    const first = row;
    row += due;
    yield {
      batch: {
        length: due,
        columns: request.fields.map((field) => made.get(field.name)!),
        meta: request.system.length === 0 ? NO_META : metaOf(request.system, due, first, host),
        ops: null,
        watermarks: null,
      },
      next: save(row, used, generators),
    };
  }
}

function metaOf(system: readonly SystemName[], rows: number, first: number, host: ConnectorHost): typeof NO_META {
  return {
    ...NO_META,
    offset: system.includes('_OFFSET') ? Float64Array.from({ length: rows }, (_, i) => first + i) : null,
    timestamp: system.includes('_TIMESTAMP') ? new Float64Array(rows).fill(host.now()) : null,
    partition: system.includes('_PARTITION') ? new Float64Array(rows) : null,
  };
}

const save = (rows: number, used: readonly GeneratedColumn[], generators: ReadonlyMap<string, ColumnGenerator>): Offset => ({
  rows,
  columns: Object.fromEntries(used.map(({ name }) => [name, generators.get(name)!.save()])),
});

function restore(from: Offset | undefined, used: readonly GeneratedColumn[], generators: ReadonlyMap<string, ColumnGenerator>): number {
  if (from === undefined) return 0;
  const position = from as unknown as Partial<Position> | null;
  const states = position?.columns;
  if (!Number.isSafeInteger(position?.rows) || typeof states !== 'object' || states === null) {
    throw connectorError('VS4107', { connector: 'datagen' });
  }
  for (const { name } of used) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (!Array.isArray(state) || !state.every((n) => typeof n === 'number')) throw connectorError('VS4107', { connector: 'datagen' });
    generators.get(name)!.restore(state);
  }
  return position?.rows as number;
}

/** Rows that may go out now, at most `wanted`; waits for the first one. 0 after an abort. */
type Pace = (wanted: number, signal: AbortSignal) => Promise<number>;

function createPace(rowsPerSecond: number | undefined, history: number, host: ConnectorHost): Pace | null {
  if (rowsPerSecond === undefined) return null;
  const startedAt = host.now();
  let sent = 0;
  return async (wanted, signal) => {
    for (;;) {
      if (signal.aborted) return 0;
      const due = history + Math.floor(((host.now() - startedAt) * rowsPerSecond) / 1000) - sent;
      if (due > 0) {
        const rows = Math.min(wanted, due);
        sent += rows;
        return rows;
      }
      await waitFor(Math.max(TICK_MS, 1000 / rowsPerSecond), signal);
    }
  };
}
