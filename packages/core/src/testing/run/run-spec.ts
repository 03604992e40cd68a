import { testingError } from '../../diagnostics/codes/testing.ts';
import type { EngineOptions } from '../../engine/api.ts';
import { systemClock } from '../../engine/default-ports.ts';
import type { SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { nearestName } from '../../sql/bind/nearest-name.ts';
import type { TestBroker } from '../broker/test-broker.ts';
import type { CaptureFormats } from '../capture/capture-format.ts';
import { randomSeed } from '../generate/generate-data.ts';
import { suiteSummary } from '../report/suite-summary.ts';
import { queryOrder } from '../spec/query-order.ts';
import { readTestSpec } from '../spec/read-spec.ts';
import type { QuerySpec, TestSpec } from '../spec/test-spec.ts';
import { type FileReader, noFiles, readRequired } from './files.ts';
import { skippedReport } from './query-runner.ts';
import { runQueries } from './run-queries.ts';

export interface RunSpecOptions {
  /** Reads the files that the spec names. */
  readonly files?: FileReader;
  /** Only the query of this name, and what it needs. */
  readonly filter?: string;
  /** The SQL; else `sql` or `sql_file` of the spec. */
  readonly sql?: string;
  readonly scenario?: string;
  /** Wins over the spec's. */
  readonly seed?: number;
  readonly records?: number;
  readonly timeoutMs?: number;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly variables?: (name: string) => string | undefined;
  readonly signal?: AbortSignal;
  readonly runId?: string;
  /** Bytes in use; absent: memory is not tracked. */
  readonly memory?: () => number;
  /** Folder of `*.schema.yaml` files, as `files` sees it. */
  readonly schemaFolder?: string;
  readonly coverage?: boolean;
  readonly analyse?: boolean;
  /** Keeps the output as the expected files of `file_matches`, and as snapshots; needs `files.write`. */
  readonly updateGolden?: boolean;
  /**
   * Queries that do not look at one another run at the same time, at most so many; 1 by default. Each runs in a thread of its own where there are
   * threads and `engine` holds nothing but data, else they take turns. The report is that of one job.
   */
  readonly jobs?: number;
  /** Formats for queries with `capture_format`: `[avro(), protobuf()]` of the package of connectors, or a function that loads one by name. */
  readonly formats?: CaptureFormats;
  /** Runs every query over topics of this broker, which are made for it and removed afterwards. Other servers of the script are not reached. */
  readonly broker?: TestBroker;
  /** Called before and after each query. */
  readonly onProgress?: (event: {
    readonly query: string;
    readonly index: number;
    readonly total: number;
    readonly report?: TestReport;
  }) => void;
}

/**
 * Runs a test spec: each query on its own part of the SQL, fed with generated rows, files or the output of earlier queries.
 *
 * @throws {VeloError} `test-spec`, `test-file` and `nothing-to-test` where the spec itself cannot be run; what goes wrong in one query is
 * in its report.
 */
export async function runTestSpec(spec: string | TestSpec, options: RunSpecOptions = {}): Promise<SuiteReport> {
  const read = readTestSpec(spec, options.variables);
  const files = options.files ?? noFiles;
  const sql = options.sql ?? read.spec.sql ?? (read.spec.sqlFile === undefined ? undefined : await readRequired(files, read.spec.sqlFile));
  if (sql === undefined)
    throw testingError(
      'VS5410',
      { problem: `spec "${read.spec.application}" names no SQL` },
      { hint: 'Give `sql` or `sql_file` in the spec, or `sql` in the options.' },
    );
  const scenario = read.spec.scenarios?.find((s) => s.name === options.scenario);
  if (options.scenario !== undefined && !scenario)
    throw testingError('VS5402', { what: read.spec.application, problem: `there is no scenario "${options.scenario}"` });
  mustHave(read.spec, options.filter);
  const startedAt = systemClock.now();
  const warnings = [...read.warnings];
  const seed = options.seed ?? read.spec.seed ?? randomSeed();
  const isWanted = (name: string): boolean =>
    (options.filter === undefined || options.filter === name) &&
    (!scenario || scenario.queries === 'all' || scenario.queries.includes(name));
  const order = selected(read.spec, isWanted, (w) => warnings.push(w));
  const outcomes = await runQueries({ spec: read.spec, sql, files, scenario, seed, order, options });
  for (const w of outcomes.values().find((o) => o.sqlWarnings.length > 0)?.sqlWarnings ?? []) warnings.push(w);
  const ran = order.flatMap((q) => outcomes.get(q) ?? []);
  for (const outcome of ran) warnings.push(...outcome.warnings);
  const queries = read.spec.queries.flatMap((q) => {
    const skipped = q.skip === true && isWanted(q.name) ? skippedReport(q.name, seed, 'skip is set') : undefined;
    const report = outcomes.get(q)?.report ?? skipped;
    return report ? [report] : [];
  });
  const [first] = queries;
  if (first && warnings.length > 0) queries[0] = { ...first, warnings: [...warnings, ...(first.warnings ?? [])] };
  return suiteReport(read.spec.application, options.runId ?? seed.toString(16), startedAt, queries, {
    sources: [...new Set(ran.flatMap((o) => o.sources))],
    recordsGenerated: ran.reduce((n, o) => n + o.recordsGenerated, 0),
    foreignKeyMatches: [...new Set(ran.flatMap((o) => o.foreignKeys))],
  });
}

/** A name that no query has would run nothing, and nothing passes. */
function mustHave({ application, queries }: TestSpec, name: string | undefined): void {
  const names = queries.map((q) => q.name);
  if (name === undefined || names.includes(name)) return;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? `Use one of: ${names.join(', ')}.` : `Did you mean "${nearest}"?`;
  throw testingError('VS5402', { what: application, problem: `there is no query "${name}"` }, { hint });
}

/** Queries to run in order: the wanted ones and those whose output they take. */
function selected(spec: TestSpec, isWanted: (name: string) => boolean, warn: (text: string) => void): QuerySpec[] {
  const order = queryOrder(spec.queries, warn);
  const wanted = new Set(order.filter((q) => isWanted(q.name)).map((q) => q.name));
  for (const query of order.toReversed())
    if (wanted.has(query.name))
      for (const input of query.inputs) {
        const maker = order.find((q) => q.name === input.fromPrevious || q.outputs?.some((o) => o.sink === input.fromPrevious));
        if (maker) wanted.add(maker.name);
      }
  return order.filter((q) => wanted.has(q.name));
}

/** Counts of a suite; skipped queries neither pass nor fail it. */
export function suiteReport(
  application: string,
  runId: string,
  startedAt: number,
  queries: readonly TestReport[],
  dataGeneration?: NonNullable<SuiteReport['dataGeneration']>,
): SuiteReport {
  return {
    application,
    runId,
    startedAt,
    endedAt: systemClock.now(),
    passed: queries.every((q) => q.status === 'passed' || q.status === 'skipped'),
    summary: suiteSummary(queries),
    queries,
    ...(dataGeneration ? { dataGeneration } : {}),
  };
}
