import type { EngineOptions } from '../engine/api.ts';
import { systemScheduler } from '../engine/default-ports.ts';
import type { DataSchema } from '../protocol/studio/testing.ts';
import { percentileOf } from './assert/statistic-checks.ts';
import { execute } from './run/execute.ts';
import { makeInputs, planInputs } from './run/make-inputs.ts';

export interface StressOptions {
  /** Rows per source; 100,000 by default. */
  readonly recordsPerSource?: number;
  /** Stops after so long, ms; 60 s by default. Whichever of records and time comes first. */
  readonly durationMs?: number;
  /** Rows per source of one go; 10,000 by default. */
  readonly batchRecords?: number;
  readonly seed?: number;
  readonly schemas?: Readonly<Record<string, DataSchema>>;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly signal?: AbortSignal;
  /** Bytes in use; absent: memory is not tracked. */
  readonly memory?: () => number;
  /** Called at most every `reportEveryMs`; 5 s by default. */
  readonly onReport?: (soFar: StressResult) => void;
  readonly reportEveryMs?: number;
}

export interface StressResult {
  readonly totalRecords: number;
  readonly totalBytes: number;
  readonly durationMs: number;
  readonly recordsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Time per record in µs, by goes. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly memory?: { readonly startBytes: number; readonly peakBytes: number; readonly finalBytes: number; readonly growthBytes: number };
  readonly sources: Readonly<Record<string, { readonly records: number; readonly bytes: number; readonly generationTimeMs: number }>>;
  readonly errors: number;
  readonly errorRate: number;
  readonly outputRecords: number;
}

const RECORDS = 100_000;
const DURATION_MS = 60_000;
const BATCH = 10_000;

/** Runs a query again and again over generated rows and tells how fast it is. The rows of a go are made before its clock starts. */
export async function stressQuery(sql: string, o: StressOptions = {}): Promise<StressResult> {
  const total = o.recordsPerSource ?? RECORDS;
  const batch = Math.min(total, o.batchRecords ?? BATCH);
  const plan = planInputs(sql, o.schemas ?? {}, () => {});
  const started = systemScheduler.elapsed();
  const startBytes = o.memory?.() ?? 0;
  const state = { peakBytes: startBytes, records: 0, bytes: 0, busyMs: 0, errors: 0, out: 0, reportedAt: started };
  const perRecord: number[] = [];
  const sources: Record<string, { records: number; bytes: number; generationTimeMs: number }> = {};
  const result = (): StressResult =>
    summary(
      state,
      perRecord,
      sources,
      systemScheduler.elapsed() - started,
      o.memory === undefined ? undefined : { startBytes, final: o.memory() },
    );
  for (let done = 0, go = 0; done < total; done += batch, go++) {
    if (o.signal?.aborted || systemScheduler.elapsed() - started >= (o.durationMs ?? DURATION_MS)) break;
    const before = systemScheduler.elapsed();
    const inputs = makeInputs(plan, { records: Math.min(batch, total - done), seed: (o.seed ?? 1) + go, warn: () => {} });
    const generationMs = systemScheduler.elapsed() - before;
    const rows = Object.entries(inputs.rows);
    for (const [name, list] of rows) {
      const one = sources[name] ?? { records: 0, bytes: 0, generationTimeMs: 0 };
      const bytes = bytesOf(list);
      sources[name] = {
        records: one.records + list.length,
        bytes: one.bytes + bytes,
        generationTimeMs: one.generationTimeMs + generationMs / rows.length,
      };
      state.records += list.length;
      state.bytes += bytes;
    }
    const run = await execute({
      sql,
      wanted: 'last',
      sources: inputs.sources,
      seed: o.seed ?? 1,
      now: inputs.now,
      ...(o.engine ? { engine: o.engine } : {}),
      ...(o.signal ? { signal: o.signal } : {}),
    });
    const read = rows.reduce((n, [, list]) => n + list.length, 0);
    state.busyMs += run.elapsedMs;
    state.errors += run.errorCount;
    state.out += run.queries.at(-1)?.rows.length ?? 0;
    perRecord.push((run.elapsedMs * 1000) / Math.max(1, read));
    state.peakBytes = Math.max(state.peakBytes, o.memory?.() ?? 0);
    if (o.onReport && systemScheduler.elapsed() - state.reportedAt >= (o.reportEveryMs ?? 5000)) {
      state.reportedAt = systemScheduler.elapsed();
      o.onReport(result());
    }
  }
  return result();
}

function summary(
  s: { peakBytes: number; records: number; bytes: number; busyMs: number; errors: number; out: number },
  perRecord: readonly number[],
  sources: StressResult['sources'],
  durationMs: number,
  memory: { readonly startBytes: number; readonly final: number } | undefined,
): StressResult {
  const ascending = [...perRecord].sort((a, b) => a - b);
  const at = (p: number): number => (ascending.length === 0 ? 0 : percentileOf(ascending, p));
  const seconds = Math.max(s.busyMs, 0.001) / 1000;
  return {
    totalRecords: s.records,
    totalBytes: s.bytes,
    durationMs,
    recordsPerSecond: Math.round(s.records / seconds),
    bytesPerSecond: Math.round(s.bytes / seconds),
    latency: { p50: at(50), p95: at(95), p99: at(99) },
    ...(memory
      ? {
          memory: {
            startBytes: memory.startBytes,
            peakBytes: Math.max(s.peakBytes, memory.final),
            finalBytes: memory.final,
            growthBytes: memory.final - memory.startBytes,
          },
        }
      : {}),
    sources,
    errors: s.errors,
    errorRate: s.records === 0 ? 0 : s.errors / s.records,
    outputRecords: s.out,
  };
}

/** Bytes of rows as JSON, from a sample of them. */
function bytesOf(rows: readonly object[]): number {
  const sample = rows.slice(0, 100);
  if (sample.length === 0) return 0;
  const bytes = sample.reduce((n, row) => n + JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)).length, 0);
  return Math.round((bytes / sample.length) * rows.length);
}
