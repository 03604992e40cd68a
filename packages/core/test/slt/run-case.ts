import { VeloError } from '../../src/diagnostics/velo-error.ts';
import type { Change, Engine, EngineOptions, Query, QueryMetrics, Script, SourceInput } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/index.ts';
import { readCell, showCell, timeOf } from './cells.ts';
import type { SltCase, SourceStep, Step } from './parse-file.ts';
import type { Token } from './tokens.ts';

/** How a case is executed; the answers must not depend on it. */
export interface Variant {
  readonly name: string;
  readonly codegen: boolean;
  /** `batch`: a feed at once. `row`: one row a batch. `restore`: row by row, each into an engine restored from the last checkpoint. */
  readonly feeding: 'batch' | 'row' | 'restore';
}

export const VARIANTS: readonly Variant[] = [true, false].flatMap((codegen) =>
  (['batch', 'row', 'restore'] as const).map((feeding) => ({ name: `${feeding}${codegen ? '' : ', interpreted'}`, codegen, feeding })),
);

/** One line of output: `+`, `~` or `-`, and the cells of the row. */
export interface OutputRow {
  readonly op: '+' | '~' | '-';
  readonly cells: readonly Token[];
}

/** What a step showed, to be held against what it expects. */
export interface Observation {
  readonly step: Step;
  readonly rows?: readonly OutputRow[];
  readonly types?: readonly string[];
  /** Lines of text, where it is no rows. */
  readonly lines?: readonly string[];
}

const UNFINISHED = new Set(['waiting', 'running']);

const OPS = { insert: '+', update: '~', delete: '-' } as const;

interface Job {
  readonly query: Query;
  /** Rows since the last look. */
  fresh: Change[];
  failure: unknown;
}

/** Everything that a microtask can do is done when it resolves. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs the jobs of a case step by step. */
export async function runCase(slt: SltCase, variant: Variant): Promise<Observation[]> {
  const run = new Run(slt, variant);
  try {
    const seen: Observation[] = [];
    for (const step of slt.steps) {
      const observation = await run.step(step);
      if (observation !== null) seen.push(observation);
    }
    return seen;
  } finally {
    await run.close();
  }
}

class Run {
  private readonly sources: readonly SourceStep[];
  private readonly options: EngineOptions;
  private readonly feeding: Variant['feeding'];
  private readonly names: ReadonlyMap<string, string>;
  private readonly sql: string;
  private engine: Engine;
  private script: Script | null = null;
  private jobs = new Map<string, Job>();
  private readonly ended = new Set<string>();

  constructor(slt: SltCase, variant: Variant) {
    this.sources = slt.steps.filter((step) => step.kind === 'source');
    this.feeding = variant.feeding;
    const given = Object.fromEntries(slt.steps.flatMap((step) => (step.kind === 'option' ? [[step.name, optionValue(step.value)]] : [])));
    this.options = { ...given, codegen: variant.codegen, clock: { now: () => 1_000_000 }, rng: { next: () => 0.5 } };
    const script = scriptOf(slt);
    this.sql = script.sql;
    this.names = script.names;
    this.engine = this.newEngine();
  }

  async step(step: Step): Promise<Observation | null> {
    switch (step.kind) {
      case 'feed':
        await this.feed(step.source, step.rows);
        return null;
      case 'watermark':
        this.start();
        this.engine.advanceWatermark(step.source, timeOf(step.time));
        await this.settle();
        return null;
      case 'end':
        this.start();
        this.end(step.source);
        await this.settle();
        return null;
      case 'expect':
        return this.expectRows(step, await this.job(step.job));
      case 'expect-metric':
        return { step, lines: [metricOf((await this.job(step.job)).query.metrics(), step.counter)] };
      case 'expect-errors':
        // The latest errors are for the eye: a restored query counts on, but begins a new list.
        if (this.feeding === 'restore') return null;
        return { step, lines: (await this.job(step.job)).query.metrics().lastErrors.map((error) => error.code) };
      case 'expect-failure': {
        const { failure } = await this.job(step.job);
        return { step, lines: [VeloError.is(failure) ? failure.code : String(failure)] };
      }
      case 'query':
        return this.query(step);
      case 'value':
        return this.value(step);
      default:
        return null;
    }
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  private newEngine(): Engine {
    const inputs = (object: 'source' | 'table'): Record<string, SourceInput> =>
      Object.fromEntries(this.sources.filter((source) => source.object === object).map((source) => [source.name, inputOf(source)]));
    return createEngine({ ...this.options, sources: inputs('source'), tables: inputs('table') });
  }

  private start(from?: Awaited<ReturnType<Script['checkpoint']>>): void {
    if (this.script !== null || this.sql === '') return;
    this.script = this.engine.script(this.sql, { batchRows: this.feeding === 'batch' ? 4096 : 1, ...(from === undefined ? {} : { from }) });
    for (const [name, statement] of this.names) {
      const before = this.jobs.get(name);
      const job: Job = { query: this.script.query(statement), fresh: before?.fresh ?? [], failure: before?.failure ?? null };
      this.jobs.set(name, job);
      void collect(job);
    }
  }

  /** All rows that were pushed are processed, and what they made is read. A failed query has nothing to wait for. */
  private async settle(): Promise<void> {
    await this.script?.checkpoint().catch(() => null);
    await turn();
  }

  private async job(name: string): Promise<Job> {
    this.start();
    await this.settle();
    const job = this.jobs.get(name);
    if (job === undefined) throw new Error(`there is no job "${name}"`);
    // Bounded sources end by themselves: between two of their records there is nothing to see yet.
    while (this.sources.every((source) => source.rows !== null) && UNFINISHED.has(job.query.metrics().status)) await this.settle();
    if (job.failure !== null && !VeloError.is(job.failure)) throw job.failure;
    return job;
  }

  private async feed(name: string, rows: readonly (readonly Token[])[]): Promise<void> {
    const source = this.sources.find((each) => each.name === name);
    if (source === undefined) throw new Error(`there is no source "${name}"`);
    const objects = rows.map((row) => rowOf(row, source));
    this.start();
    if (this.feeding === 'batch') this.engine.push(name, objects);
    else
      for (const row of objects) {
        this.engine.push(name, row);
        if (this.feeding === 'restore') await this.restore();
      }
    await this.settle();
  }

  /** Goes on in a new engine from a checkpoint of this one. */
  private async restore(): Promise<void> {
    await this.settle();
    const checkpoint = await this.script?.checkpoint().catch(() => null);
    if (!checkpoint) return;
    const old = this.engine;
    this.engine = this.newEngine();
    for (const source of this.ended) this.engine.end(source);
    this.script = null;
    this.start(checkpoint);
    await old.close();
    await this.settle();
  }

  private end(source: string | null): void {
    for (const each of this.sources) {
      if (each.rows !== null || (source !== null && each.name !== source) || this.ended.has(each.name)) continue;
      this.ended.add(each.name);
      this.engine.end(each.name);
    }
  }

  private expectRows(step: Step & { kind: 'expect' }, job: Job): Observation {
    if (job.failure !== null) throw job.failure;
    const changes = job.fresh;
    job.fresh = [];
    return { step, ...rowsOf(job.query, changes) };
  }

  private async query(step: Step & { kind: 'query' }): Promise<Observation> {
    const query = this.engine.run(step.sql, { batchRows: this.feeding === 'batch' ? 4096 : 1 });
    const changes: Change[] = [];
    for await (const change of query.changes()) changes.push(change);
    return {
      step,
      ...rowsOf(
        query,
        changes.filter((change) => change.op !== 'delete'),
      ),
    };
  }

  private async value(step: Step & { kind: 'value' }): Promise<Observation> {
    const query = this.engine.run(`SELECT ${step.sql} AS x${step.source === null ? '' : ` FROM ${step.source}`}`);
    try {
      const changes: Change[] = [];
      for await (const change of query.changes()) changes.push(change);
      const [error] = query.metrics().lastErrors;
      return error === undefined ? { step, ...rowsOf(query, changes) } : { step, lines: [`error ${error.code}`] };
    } catch (error) {
      if (VeloError.is(error)) return { step, lines: [`error ${error.code}`] };
      throw error;
    }
  }
}

async function collect(job: Job): Promise<void> {
  try {
    for await (const change of job.query.changes()) job.fresh.push(change);
  } catch (error) {
    job.failure = error;
  }
}

function rowsOf(query: Query, changes: readonly Change[]): { rows: OutputRow[]; types: string[] } {
  const { columns } = query.schema;
  const rows = changes.map(({ op, row }) => ({
    op: OPS[op],
    cells: columns.map((column) => showCell(row[column.name] ?? null, column.type)),
  }));
  return { rows, types: columns.map((column) => column.type) };
}

/** All jobs of a case as one script, and the name of the statement that each job is. */
export function scriptOf(slt: SltCase): { readonly sql: string; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  const parts: string[] = [];
  let count = 0;
  for (const step of slt.steps) {
    if (step.kind !== 'job') continue;
    const statements = step.sql.split(';').filter((part) => part.trim() !== '');
    for (const [i, statement] of statements.entries()) {
      const created = /^\s*(?:--.*\n\s*)*CREATE\s+(?:STREAM|TABLE)\s+(\w+)/i.exec(statement)?.[1];
      const isQuery = created === undefined || /\bSELECT\b/i.test(statement);
      if (created !== undefined && isQuery) names.set(created, created);
      if (i === statements.length - 1 && isQuery) names.set(step.name, created ?? `stmt_${count}`);
      count++;
    }
    parts.push(statements.join(';'));
  }
  return { sql: parts.join(';\n'), names };
}

const optionValue = (text: string): unknown => (text === 'true' || text === 'false' ? text === 'true' : text);

export function inputOf(source: SourceStep): SourceInput {
  const schema = { columns: source.columns.map(({ name, type }) => ({ name, type })) };
  return {
    ...(source.columns.some((column) => column.type === '') ? {} : { schema }),
    ...(source.rows === null ? {} : { rows: source.rows.map((row) => rowOf(row, source)) }),
    ...(source.eventTime === null ? {} : { eventTime: source.eventTime }),
    ...(source.delayMs === null ? {} : { watermarkDelayMs: source.delayMs }),
    key: source.key,
  };
}

/** Cells in the order of the columns; `_name=value` sets what travels beside the payload. */
function rowOf(tokens: readonly Token[], source: SourceStep): object {
  const row: Record<string, unknown> = Object.create(null);
  const cells = tokens.filter((token) => token.quoted || !/^_\w+=/.test(token.text));
  if (cells.length > source.columns.length)
    throw new Error(`"${source.name}" has ${source.columns.length} columns, the row ${cells.length}`);
  for (const [i, cell] of cells.entries()) {
    const column = source.columns[i] as SourceStep['columns'][number];
    row[column.name] = readCell(cell, column.type);
  }
  for (const token of tokens) {
    if (cells.includes(token)) continue;
    const at = token.text.indexOf('=');
    const value = token.text.slice(at + 1);
    row[token.text.slice(0, at)] = /^[[{]/.test(value)
      ? JSON.parse(value)
      : value.includes(':') || /^-?\d+$/.test(value)
        ? timeOf(value)
        : value;
  }
  return row;
}

/** `rows_late` of the metrics, or `warnings.division-by-zero`. */
function metricOf(metrics: QueryMetrics, counter: string): string {
  if (counter.startsWith('warnings.')) return String(metrics.warnings[counter.slice('warnings.'.length)] ?? 0);
  const name = counter.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return String((metrics as unknown as Readonly<Record<string, unknown>>)[name]);
}
