import type { ReadPart, Source, SourceSplit } from '../../connect/connector.ts';
import type { WorkersMetrics } from '../../protocol/query.ts';
import type { RecordErrorInfo } from '../../runtime/operator.ts';
import { splitPlan } from '../../sql/plan/split-plan.ts';
import type { SavedPosition } from '../checkpoint.ts';
import type { ExecutionOptions } from '../execution.ts';
import type { Graph } from '../graph.ts';
import type { FeedCursor } from '../merge-order.ts';
import type { LoopHost } from '../run-loop.ts';
import type { PartJob } from './part-protocol.ts';

export interface WorkersOptions {
  readonly wanted: number;
  readonly sql: string;
  readonly scope: 'last' | 'all';
  readonly divisionByZero: 'null' | 'error';
  readonly missingFields: 'null' | 'error';
}

/** A run over parts, in place of the loop over rows. */
export interface PartsRun {
  readonly cursor: FeedCursor;
  run(host: LoopHost): Promise<void>;
}

export interface PlanPartsOptions extends WorkersOptions {
  readonly execution: ExecutionOptions;
  readonly graph: Graph;
  readonly signal: AbortSignal;
  readonly positions: ReadonlyMap<string, SavedPosition> | null;
  recordError(info: RecordErrorInfo): void;
  countErrors(errors: number): void;
  warn(reason: string): void;
  badRecords(name: string, count: number): void;
  /** Rows that parts had. */
  rows(count: number): void;
  changed(metrics: WorkersMetrics): void;
}

interface PlannedParts {
  readonly metrics: WorkersMetrics;
  readonly run: PartsRun | null;
}

/** Decides what threads do of a query: its parts up to the aggregation, decoding alone, or nothing; and says why. */
export async function planParts(o: PlanPartsOptions): Promise<PlannedParts> {
  const { wanted } = o;
  const { statements, relations } = o.execution.prepared;
  const [statement] = statements;
  const [readable] = relations;
  const one = (reason: string): PlannedParts => ({ metrics: { wanted, running: 1, work: 'none', reason }, run: null });
  if (readable?.data.kind !== 'connector') return one('rows that are in this process are read by this thread');
  if (!readable.data.bounded) return one('the source has no end, and its rows count as they arrive');
  const { source } = readable.data;
  if (source.split === undefined) return one('the connector reads its source as one');
  const { hasThreads } = await import('./part-threads.node.ts');
  const decoding = (reason: string): PlannedParts =>
    wanted > 1 && hasThreads() ? { metrics: { wanted, running: wanted, work: 'decoding', reason }, run: null } : one(reason);
  if (readable.data.changes !== 'append') return one('the source gives changes, in their order');
  if (statements.length > 1 || statement === undefined) return decoding('several statements read in step with each other');
  if (relations.length > 1) return decoding('rows of several inputs meet in one order');
  const planned = splitPlan(statement.plan);
  if (planned.kind === 'whole') return decoding(planned.reason);
  const split = await openSplit(source, planned.fields, o);
  if ('reason' in split) return one(split.reason);
  const running = wanted > 1 && hasThreads() ? wanted : 1;
  const reason = running < wanted ? 'this host has no threads for it' : null;
  const metrics: WorkersMetrics = { wanted, running, work: 'parts', reason };
  const { runParts } = await import('./run-parts.ts');
  const { readPart } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ split.module)) as {
    readonly readPart: ReadPart;
  };
  const run = runParts({ ...o, source, split, readPart, plan: statement.plan, planned, metrics, job: jobOf(o, split) });
  return { metrics, run };
}

async function openSplit(source: Source, fields: PartFields, o: PlanPartsOptions): Promise<SourceSplit | { readonly reason: string }> {
  const saved = o.positions?.values().next().value;
  if (saved?.ended) return { reason: 'the input had ended' };
  const from = saved?.position ?? undefined;
  const request = { fields, from, signal: o.signal, maxBatchRows: o.execution.batchRows };
  return (await source.split?.(request)) ?? { reason: 'the connector reads its source as one' };
}

type PartFields = Extract<ReturnType<typeof splitPlan>, { readonly kind: 'split' }>['fields'];

function jobOf({ sql, scope, divisionByZero, missingFields, execution }: PlanPartsOptions, { module }: SourceSplit): PartJob {
  const { prepared, compat, codegen, batchRows, limits } = execution;
  return {
    sql,
    wanted: scope,
    relations: prepared.relations.map(({ relation }) => relation),
    fingerprint: prepared.statements[0]!.plan.fingerprint,
    module,
    compat,
    divisionByZero,
    missingFields,
    codegen,
    batchRows,
    limits,
  };
}
