import { systemScheduler } from '../../engine/default-ports.ts';
import { parse } from '../../sql/syntax/index.ts';
import { randomSeed } from '../generate/generate-data.ts';
import type { QuerySpec, Scenario, TestSpec } from '../spec/test-spec.ts';
import type { FileReader } from './files.ts';
import { runInOrder } from './in-order.ts';
import { queryNeeds } from './query-needs.ts';
import { type BeforeQuery, type Kept, type QueryOutcome, QueryRunner, type QuerySettings } from './query-runner.ts';
import type { RunSpecOptions } from './run-spec.ts';
import { errorReport } from './run-test.ts';

export interface RunQueriesRequest {
  readonly spec: TestSpec;
  readonly sql: string;
  readonly files: FileReader;
  readonly scenario: Scenario | undefined;
  readonly seed: number;
  readonly order: readonly QuerySpec[];
  readonly options: RunSpecOptions;
}

interface QueryPlace {
  run(query: QuerySpec, before: BeforeQuery): Promise<QueryOutcome>;
  close(): Promise<void>;
}

/** Runs the queries of a spec, those at the same time that do not look at one another. */
export async function runQueries(request: RunQueriesRequest): Promise<ReadonlyMap<QuerySpec, QueryOutcome>> {
  const { order, options } = request;
  const needs = queryNeeds(order, parse(request.sql), request.scenario);
  const outcomes = new Map<QuerySpec, QueryOutcome>();
  // Files that are kept are read by the queries behind, in their order.
  const jobs = options.updateGolden === true ? 1 : Math.max(1, Math.min(options.jobs ?? 1, order.length));
  const place = await placeFor(request, jobs);
  try {
    await runInOrder(
      order,
      (q) => needs.get(q) ?? [],
      jobs,
      async (query) => {
        const progress = { query: query.name, index: order.indexOf(query), total: order.length };
        options.onProgress?.(progress);
        const started = systemScheduler.elapsed();
        const outcome = await place.run(query, beforeQuery(needs.get(query) ?? [], outcomes)).catch((error: unknown) => {
          const report = errorReport(request.sql, request.seed, error, query.assertions, query.name);
          const executionTimeMs = systemScheduler.elapsed() - started;
          return { ...NOTHING, report: { ...report, performance: { ...report.performance, executionTimeMs } } };
        });
        outcomes.set(query, outcome);
        options.onProgress?.({ ...progress, report: outcome.report });
      },
    );
  } finally {
    await place.close();
  }
  return outcomes;
}

const NOTHING = { written: new Map(), warnings: [], sqlWarnings: [], sources: [], foreignKeys: [], recordsGenerated: 0 };

/** What the needed queries left. A query's own name is stronger than a sink that two of them share. */
function beforeQuery(needed: readonly QuerySpec[], outcomes: ReadonlyMap<QuerySpec, QueryOutcome>): BeforeQuery {
  const kept = new Map<string, Kept>();
  const written = new Map<string, string>();
  for (const query of needed) {
    const outcome = outcomes.get(query);
    if (outcome?.kept) for (const name of outcome.kept.names) kept.set(name, outcome.kept);
    for (const [path, text] of outcome?.written ?? []) written.set(path, text);
  }
  for (const query of needed) {
    const own = outcomes.get(query)?.kept;
    if (own) kept.set(query.name, own);
  }
  return { kept, written };
}

async function placeFor({ spec, sql, files, seed, options }: RunQueriesRequest, jobs: number): Promise<QueryPlace> {
  const settings = settingsOf(options, seed);
  const runner = new QueryRunner(spec, sql, files, settings);
  if (jobs > 1 && hasThreads() && settings.broker === undefined && isData(settings.engine)) {
    const { TestThreads } = await import('../threads/test-threads.node.ts');
    const { formats: _formats, ...sent } = settings;
    const threads = new TestThreads(spec, sql, files, sent, options.signal);
    // Formats are code, and stay here with the queries that are captured in them.
    const isHere = (query: QuerySpec): boolean => query.captureFormat !== undefined;
    return {
      run: (query, before) => (isHere(query) ? runner.run(query, before, options.signal) : threads.run(query, before)),
      close: () => threads.close(),
    };
  }
  return { run: (query, before) => runner.run(query, before, options.signal), close: async () => {} };
}

/** Node; a browser tests one query after the other. */
const hasThreads = (): boolean => 'process' in globalThis && !('document' in globalThis);

/** Connectors, clocks and the like stay in their thread. */
function isData(value: unknown): boolean {
  if (typeof value === 'function') return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isData);
}

function settingsOf(options: RunSpecOptions, seed: number): QuerySettings {
  const { scenario, records, timeoutMs, engine, memory, schemaFolder, coverage, analyse, updateGolden, formats, broker } = options;
  const all = { scenario, records, timeoutMs, engine, memory, schemaFolder, coverage, analyse, updateGolden, formats, broker };
  return {
    seed,
    // Topics of two runs with one seed are not the same.
    runId: options.runId ?? randomSeed().toString(36),
    // What is not given is not there.
    ...(Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)) as Omit<QuerySettings, 'seed' | 'runId'>),
  };
}
