import { flinkCancelled, flinkRefused, flinkResultsTooMany, flinkSqlRejected } from '../../../diagnostics/codes/deploy-flink.ts';
import type { Scheduler } from '../../../runtime/ports.ts';
import { createRest, type Rest, type RestOptions } from './rest.ts';
import { parseWithDigits, type ResultColumn, resultValue } from './result-values.ts';
import { causeOf, type PrintedPlace, placeOf } from './server-error.ts';
import { waitFor } from './wait-for.ts';

export interface GatewayOptions extends Omit<RestOptions, 'what'> {
  readonly scheduler: Scheduler;
  /** For a statement until its first answer: planning, and the submission of a job. 120 s by default. */
  readonly statementTimeoutMs?: number;
}

export interface StatementOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** What is sent, where it is not what may be seen: the text with its credentials. Errors and logs have the statement itself. */
  readonly sent?: string;
  /** Takes credentials out of what the server says. */
  readonly redact?: (text: string) => string;
  /** Makes the error of a statement that is not accepted; by default one without a place in the user's SQL. */
  readonly reject?: (detail: string, place: PrintedPlace | undefined) => Error;
}

export interface ResultRow {
  readonly kind: 'INSERT' | 'UPDATE_BEFORE' | 'UPDATE_AFTER' | 'DELETE';
  readonly values: readonly unknown[];
}

/** A statement that was accepted; its rows come page by page. */
export interface Operation {
  readonly id: string;
  /** Of a statement that started a job. */
  readonly jobId: string | undefined;
  readonly columns: readonly ResultColumn[];
  readonly isQuery: boolean;
  /** Pages until the end; of an unbounded query they never end. Leaving the loop frees the operation. */
  pages(): AsyncIterable<readonly ResultRow[]>;
  /** Stops a query that runs, and frees what the gateway keeps of it. */
  close(): Promise<void>;
}

export interface GatewaySession {
  readonly id: string;
  execute(statement: string, options?: StatementOptions): Promise<Operation>;
  /** All rows of a statement that ends. */
  run(statement: string, options?: StatementOptions & { readonly rowsMax?: number }): Promise<StatementResult>;
  /** Settings in force, defaults of the cluster included. */
  properties(): Promise<Readonly<Record<string, string>>>;
  /** The gateway forgets a session that nobody asks for a while; 10 minutes by default. Returns the way to stop. */
  keepAlive(everyMs: number): () => void;
  close(): Promise<void>;
}

export interface StatementResult {
  readonly jobId: string | undefined;
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly ResultRow[];
}

export interface Gateway {
  /** Name and version of the server. */
  info(signal?: AbortSignal): Promise<{ readonly productName: string; readonly version: string }>;
  open(properties?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<GatewaySession>;
}

const API = '/v2';
const ROWS_MAX = 100_000;

/** Client of Flink's SQL Gateway. */
export function createGateway(options: GatewayOptions): Gateway {
  const rest = createRest({ what: 'the SQL Gateway', ...options });
  return {
    async info(signal) {
      return (await rest.request('GET', `${API}/info`, given(signal))) as { productName: string; version: string };
    },
    async open(properties = {}, signal) {
      const { sessionHandle } = (await rest.request('POST', `${API}/sessions`, { body: { properties }, ...given(signal) })) as {
        readonly sessionHandle: string;
      };
      return new Session(sessionHandle, rest, options);
    },
  };
}

const given = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal === undefined ? {} : { signal });

class Session implements GatewaySession {
  readonly id: string;
  private readonly rest: Rest;
  private readonly o: GatewayOptions;

  constructor(id: string, rest: Rest, options: GatewayOptions) {
    this.id = id;
    this.rest = rest;
    this.o = options;
  }

  async execute(statement: string, options: StatementOptions = {}): Promise<Operation> {
    const body = { statement: options.sent ?? statement };
    const failed = this.failure(statement, options);
    const answer = (await this.rest.request('POST', `${this.path}/statements`, { body, onError: failed, ...given(options.signal) })) as {
      readonly operationHandle: string;
    };
    const operation = new RunningOperation(`${this.path}/operations/${answer.operationHandle}`, answer.operationHandle, this.rest, failed);
    const what = 'the statement';
    try {
      await waitFor(() => operation.first(options.signal), {
        scheduler: this.o.scheduler,
        timeoutMs: options.timeoutMs ?? this.o.statementTimeoutMs ?? 120_000,
        signal: options.signal,
        what,
        pauseMaxMs: 200,
      });
    } catch (error) {
      await operation.close();
      if (options.signal?.aborted === true) throw flinkCancelled(what, options.signal.reason);
      throw error;
    }
    operation.wait = (look) =>
      waitFor(look, { scheduler: this.o.scheduler, timeoutMs: Number.POSITIVE_INFINITY, signal: options.signal, what });
    return operation;
  }

  async run(statement: string, options: StatementOptions & { readonly rowsMax?: number } = {}): Promise<StatementResult> {
    const { rowsMax = ROWS_MAX } = options;
    const operation = await this.execute(statement, options);
    const rows: ResultRow[] = [];
    for await (const page of operation.pages()) {
      rows.push(...page);
      if (rows.length > rowsMax) throw flinkResultsTooMany(rowsMax);
    }
    return { jobId: operation.jobId, columns: operation.columns, rows };
  }

  async properties(): Promise<Readonly<Record<string, string>>> {
    const { properties } = (await this.rest.request('GET', this.path)) as { readonly properties: Readonly<Record<string, string>> };
    return properties;
  }

  keepAlive(everyMs: number): () => void {
    let stop = (): void => {};
    const next = (): void => {
      stop = this.o.scheduler.after(everyMs, () => {
        // One that is lost is told by the next statement.
        void this.rest.request('POST', `${this.path}/heartbeat`, { body: {} }).catch(() => undefined);
        next();
      });
    };
    next();
    return () => stop();
  }

  async close(): Promise<void> {
    // A session that cannot be closed ends by its own timeout.
    await this.rest.request('DELETE', this.path).catch(() => undefined);
  }

  private get path(): string {
    return `${API}/sessions/${this.id}`;
  }

  private failure(statement: string, { redact = (text) => text, reject }: StatementOptions) {
    return (errors: readonly string[], status: number): Error => {
      const detail = redact(causeOf(errors));
      if (status !== 500 && status !== 400) return flinkRefused('the statement', status, detail);
      return reject?.(detail, placeOf(errors)) ?? flinkSqlRejected(detail, { printed: statement });
    };
  }
}

interface Page {
  readonly resultType: 'NOT_READY' | 'PAYLOAD' | 'EOS';
  readonly jobID?: string;
  readonly isQueryResult?: boolean;
  readonly nextResultUri?: string;
  readonly results?: {
    readonly columns: readonly ResultColumn[];
    readonly data: readonly { readonly kind: ResultRow['kind']; readonly fields: readonly unknown[] }[];
  };
}

const tokenAfter = ({ nextResultUri = '' }: Page): number => Number(/\/result\/(\d+)/.exec(nextResultUri)?.[1] ?? 0);

class RunningOperation implements Operation {
  readonly id: string;
  jobId: string | undefined;
  columns: readonly ResultColumn[] = [];
  isQuery = false;
  /** Asks until there is a page. */
  wait: <T>(look: () => Promise<T | undefined>) => Promise<T> = () => Promise.reject(new Error('the operation has no first page yet'));
  private readonly path: string;
  private readonly rest: Rest;
  private readonly failed: (errors: readonly string[], status: number) => Error;
  private firstPage: Page | undefined;
  private isOpen = true;

  constructor(path: string, id: string, rest: Rest, failed: RunningOperation['failed']) {
    this.path = path;
    this.id = id;
    this.rest = rest;
    this.failed = failed;
  }

  async first(signal: AbortSignal | undefined): Promise<Page | undefined> {
    const page = await this.page(0, signal);
    if (page === undefined) return undefined;
    this.firstPage = page;
    this.jobId = page.jobID;
    // What describes a type has numbers, too.
    this.columns = resultValue(page.results?.columns ?? [], undefined) as readonly ResultColumn[];
    this.isQuery = page.isQueryResult === true;
    return page;
  }

  async *pages(): AsyncGenerator<readonly ResultRow[]> {
    let page = this.firstPage;
    try {
      while (page !== undefined && page.resultType !== 'EOS') {
        const rows = this.rowsOf(page);
        if (rows.length > 0) yield rows;
        page = await this.next(page);
      }
    } finally {
      await this.close();
    }
  }

  /** The next page with rows, or the end. One without rows says that there are none yet, and where to ask next. */
  private next(before: Page): Promise<Page> {
    let token = tokenAfter(before);
    return this.wait(async () => {
      const page = await this.page(token);
      if (page === undefined) return undefined;
      token = tokenAfter(page);
      return page.resultType === 'EOS' || (page.results?.data.length ?? 0) > 0 ? page : undefined;
    });
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    // Frees what the gateway keeps, and cancels a query; it goes with its session otherwise.
    await this.rest.request('DELETE', `${this.path}/close`).catch(() => undefined);
  }

  private async page(token: number, signal?: AbortSignal): Promise<Page | undefined> {
    const path = `${this.path}/result/${token}?rowFormat=JSON`;
    const page = (await this.rest.request('GET', path, { onError: this.failed, parse: parseWithDigits, ...given(signal) })) as Page;
    return page.resultType === 'NOT_READY' ? undefined : page;
  }

  private rowsOf({ results }: Page): readonly ResultRow[] {
    return (results?.data ?? []).map(({ kind, fields }) => ({
      kind,
      values: fields.map((value, i) => resultValue(value, this.columns[i]?.logicalType)),
    }));
  }
}
