import type { EngineOptions } from '../../engine/api.ts';
import type { Change, QueryMetrics, Row } from '../../protocol/query.ts';
import { type Step, StreamTestRun } from './run-steps.ts';

export type StreamTestOptions = Omit<EngineOptions, 'sources' | 'tables' | 'clock'>;

/** What a passed test has seen; for further assertions of a test runner. */
export interface StreamTestResult {
  /** Inserted and updated rows, in order. */
  readonly rows: readonly Row[];
  readonly changes: readonly Change[];
  /** The last row per key and window. */
  readonly final: readonly Row[];
  readonly late: number;
  readonly errors: number;
  readonly metrics: QueryMetrics;
}

export interface GivenOptions {
  /** Column that holds the event time; found in the SQL where absent. */
  readonly eventTime?: string;
  /** How far rows may be behind before they are late. */
  readonly watermarkDelayMs?: number;
  /** SQL type by column, where the rows do not say enough. */
  readonly types?: Readonly<Record<string, string>>;
  readonly key?: readonly string[];
}

export interface ExpectOptions {
  /** The order counts too. */
  readonly ordered?: boolean;
}

/** A change as a test writes it: `{ op: 'update', symbol: 'A', n: 2 }`. */
export type ExpectedChange = { readonly op: 'insert' | 'update' | 'delete'; readonly row?: object } & Readonly<Record<string, unknown>>;

/** Time of a step: ms since the epoch, ISO text or a Date. */
export type StepTime = number | string | Date;

/**
 * A test of streaming SQL step by step, in simulated time. Steps run in order when it is awaited; the first expectation that does not hold
 * rejects with what differs, cell by cell. Expected rows need to name only the columns that matter.
 */
export interface StreamTest extends PromiseLike<StreamTestResult> {
  /** Feeds rows to a source. */
  given(source: string, rows: object | readonly object[], options?: GivenOptions): StreamTest;
  /** Rows of a table that streams look up; there from the start. */
  table(name: string, rows: readonly object[], options?: GivenOptions): StreamTest;
  /** Moves event time on in all sources: windows that end by then close. */
  advanceTo(time: StepTime): StreamTest;
  /** Moves event time on in one source. */
  watermark(source: string, time: StepTime): StreamTest;
  /** Ends all sources: everything still open comes out. */
  end(): StreamTest;
  /** Crashes here and goes on from the checkpoint; the answers must not change. */
  restart(): StreamTest;
  /** Expectations from here on are about this stream or table of the script. */
  output(name: string): StreamTest;
  /** Rows that came out since the last step that was followed by an expectation; no more, no fewer. */
  expect(rows: readonly object[], options?: ExpectOptions): StreamTest;
  /** Nothing came out. */
  expectNothing(): StreamTest;
  /** Inserts, updates and deletes of the same stretch, in order. */
  expectChanges(changes: readonly ExpectedChange[]): StreamTest;
  /** The result as it stands: the last row per key and window. Ends the input if the test has not. */
  expectFinal(rows: readonly object[], options?: ExpectOptions): StreamTest;
  /** So many rows were too late until now. */
  expectLate(count: number): StreamTest;
  /** So many records failed until now. */
  expectErrors(count: number): StreamTest;
  /** The test ends here with this coded error, e.g. `VS2004`, or a message that contains this text. */
  expectFailure(codeOrText: string): StreamTest;
  run(): Promise<StreamTestResult>;
}

/**
 * Starts a test of a query (the script's last, or any with `output`). Works in every test runner, and without one.
 *
 * @example
 * await streamTest(`SELECT symbol, COUNT(*) AS n FROM trades WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) GROUP BY symbol EMIT FINAL`)
 *   .given('trades', [{ symbol: 'A', ts: '2024-01-01T00:00:10Z' }, { symbol: 'A', ts: '2024-01-01T00:00:50Z' }])
 *   .expectNothing()
 *   .advanceTo('2024-01-01T00:01:00Z')
 *   .expect([{ symbol: 'A', n: 2 }]);
 */
export const streamTest = (sql: string, options: StreamTestOptions = {}): StreamTest => new Steps(sql, options);

class Steps implements StreamTest {
  private readonly sql: string;
  private readonly options: StreamTestOptions;
  private readonly steps: Step[] = [];
  private outcome: Promise<StreamTestResult> | null = null;
  private isWatched = false;

  constructor(sql: string, options: StreamTestOptions) {
    this.sql = sql;
    this.options = options;
  }

  given(source: string, rows: object | readonly object[], options: GivenOptions = {}): StreamTest {
    return this.add({ kind: 'given', source, rows: Array.isArray(rows) ? (rows as readonly object[]) : [rows], options });
  }

  table(name: string, rows: readonly object[], options: GivenOptions = {}): StreamTest {
    return this.add({ kind: 'table', source: name, rows, options });
  }

  advanceTo(time: StepTime): StreamTest {
    return this.add({ kind: 'advance', time });
  }

  watermark(source: string, time: StepTime): StreamTest {
    return this.add({ kind: 'advance', source, time });
  }

  end(): StreamTest {
    return this.add({ kind: 'end' });
  }

  restart(): StreamTest {
    return this.add({ kind: 'restart' });
  }

  output(name: string): StreamTest {
    return this.add({ kind: 'output', name });
  }

  expect(rows: readonly object[], options: ExpectOptions = {}): StreamTest {
    return this.add({ kind: 'expect', rows, ordered: options.ordered === true, site: siteOf(this.expect) });
  }

  expectNothing(): StreamTest {
    return this.add({ kind: 'expect', rows: [], ordered: false, site: siteOf(this.expectNothing) });
  }

  expectChanges(changes: readonly ExpectedChange[]): StreamTest {
    return this.add({ kind: 'expect-changes', changes, site: siteOf(this.expectChanges) });
  }

  expectFinal(rows: readonly object[], options: ExpectOptions = {}): StreamTest {
    return this.add({ kind: 'expect-final', rows, ordered: options.ordered === true, site: siteOf(this.expectFinal) });
  }

  expectLate(count: number): StreamTest {
    return this.add({ kind: 'expect-count', of: 'late', count, site: siteOf(this.expectLate) });
  }

  expectErrors(count: number): StreamTest {
    return this.add({ kind: 'expect-count', of: 'errors', count, site: siteOf(this.expectErrors) });
  }

  expectFailure(text: string): StreamTest {
    return this.add({ kind: 'expect-failure', text, site: siteOf(this.expectFailure) });
  }

  run(): Promise<StreamTestResult> {
    this.outcome ??= new StreamTestRun(this.sql, this.options, this.steps).run();
    return this.outcome;
  }

  // biome-ignore lint/suspicious/noThenProperty: awaiting the test is what runs it
  then<A = StreamTestResult, B = never>(
    ok?: ((value: StreamTestResult) => A | PromiseLike<A>) | null,
    fail?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.run().then(ok, fail);
  }

  /** A test that nobody awaits would be green whatever it says: it is run a turn later, and its failure is nobody's to catch. */
  private watch(): void {
    if (this.isWatched) return;
    this.isWatched = true;
    setTimeout(() => {
      this.isWatched = false;
      if (this.outcome === null) this.run().catch((error: unknown) => Promise.reject(notAwaited(error)));
    }, 0);
  }

  private add(step: Step): this {
    this.outcome = null;
    this.steps.push(step);
    if ('site' in step) this.watch();
    return this;
  }
}

function notAwaited(error: unknown): unknown {
  if (error instanceof Error) error.stack = `This test is not awaited: write "await streamTest(…)".\n${error.stack ?? error.message}`;
  return error;
}

/** Where the expectation stands in the test, so that a failure points there and not into this file. */
function siteOf(caller: (...args: never[]) => unknown): string {
  const holder: { stack?: string } = {};
  (Error as { captureStackTrace?: (target: object, below: unknown) => void }).captureStackTrace?.(holder, caller);
  return (holder.stack ?? '').split('\n').slice(1).join('\n');
}
