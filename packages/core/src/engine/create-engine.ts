import { aborted, cancelled, ended, engineClosed, notOpen, unknownQuery, unknownSource } from '../diagnostics/codes/engine.ts';
import { DEFAULT_LIMITS, type Limits } from '../runtime/limits.ts';
import { parseStatements } from '../sql/syntax/parse-statements.ts';
import type { Engine, EngineOptions, EngineQuery, RunOptions, Script } from './api.ts';
import { type Connectors, createConnectors } from './connector-source.ts';
import { systemClock } from './default-ports.ts';
import type { Execution } from './execution.ts';
import { createMailbox, type Mailbox, type PushItem } from './feeds/push-feed.ts';
import { createQuery, type QueryOptions, type QueryTarget } from './query.ts';
import { type DeclaredSource, declareSource } from './source-input.ts';
import { createToldWarnings, type ToldWarnings, withWarnings } from './told-warnings.ts';

/** What waits for the first query, and who listens now. */
interface OpenSource {
  readonly early: PushItem[];
  earlyRows: number;
  readonly mailboxes: Set<Mailbox>;
  ended: boolean;
}

/**
 * Makes an engine: sources and tables by name, SQL in, rows out, in this process.
 *
 * @throws {VeloError} `engine-closed` from every call after `close()`.
 * @example
 * const engine = createEngine({ sources: { trades: [{ symbol: 'A', price: 1 }] } });
 * await engine.run('SELECT symbol, price * 2 AS twice FROM trades').rows(); // [{ symbol: 'A', twice: 2 }]
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const declared = declareAll(options);
  const open = openAll(declared);
  const executions = new Set<Execution>();
  const plannings = new Set<AbortController>();
  let arrivals = 0;
  let closed = false;
  const sequence = () => arrivals++;

  const deliver = (source: OpenSource, item: PushItem): void => {
    if (source.mailboxes.size > 0) for (const mailbox of source.mailboxes) mailbox.put(item);
    else source.early.push(item);
    if (item.kind === 'end') source.ended = true;
  };
  const openSource = (name: string): OpenSource => {
    if (closed) throw engineClosed();
    return open.get(name) ?? noOpenSource(name, declared);
  };

  const launch = (sql: string, run: RunOptions, wanted: 'last' | 'all', planning: AbortController): Promise<Execution> => {
    if (closed) return Promise.reject(engineClosed());
    const planned = begin(planning, plannings, run.signal);
    const chosen = { ...options, ...run };
    const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits, ...run.limits };
    const mailboxes = subscribe(open, limits.maxBufferedRows);
    const told = createToldWarnings(options.onWarning);
    const connectors = connectorsOf(options, told);
    // what is written is read at once; what runs it loads meanwhile, with the first query
    const parsed = parseStatements(sql, { maxSqlBytes: limits.maxSqlBytes, compat: chosen.compat ?? 'standard' });
    const started = import('./start-execution.ts').then((m) =>
      m.startExecution({
        sql,
        parsed,
        run,
        wanted,
        limits,
        mailboxes,
        declared,
        connectors,
        told,
        options: chosen,
        signal: planning.signal,
        sequence,
      }),
    );
    const forget = (used: ReadonlySet<string>): void => {
      for (const [name, mailbox] of mailboxes) if (!used.has(name)) open.get(name)?.mailboxes.delete(mailbox);
    };
    return started.finally(planned).then(
      ({ execution, prepared }) => {
        forget(new Set(prepared.relations.map((r) => r.relation.name)));
        executions.add(execution);
        // The engine was closed while this was planned.
        if (closed) void execution.cancel('the engine was closed');
        return execution;
      },
      (error: unknown) => {
        forget(new Set());
        throw withWarnings(error, told);
      },
    );
  };

  return {
    run(sql, run = {}) {
      const planning = new AbortController();
      return createQuery(launch(sql, run, 'last', planning).then(lastTarget), shown({ ...options, ...run }, planning));
    },
    script(sql, run = {}) {
      const planning = new AbortController();
      return createScript(launch(sql, run, 'all', planning), shown({ ...options, ...run }, planning));
    },
    push(name, rows) {
      const source = openSource(name);
      if (source.ended) throw ended(name);
      const list = Array.isArray(rows) ? (rows as readonly object[]) : [rows];
      if (list.length > 0) deliver(source, { kind: 'rows', sequence: sequence(), rows: list });
    },
    advanceWatermark(name, time) {
      const source = openSource(name);
      if (source.ended) throw ended(name);
      deliver(source, { kind: 'watermark', sequence: sequence(), time });
    },
    end(name) {
      if (name !== undefined) openSource(name);
      for (const [each, source] of open) {
        if (name !== undefined && each !== name) continue;
        if (!source.ended) deliver(source, { kind: 'end', sequence: sequence() });
      }
    },
    async close() {
      closed = true;
      for (const planning of plannings) planning.abort(cancelled('the engine was closed'));
      await Promise.all([...executions].map((e) => e.cancel('the engine was closed')));
      executions.clear();
    },
  };
}

function connectorsOf({ connectors = [], clock = systemClock, network }: EngineOptions, told: ToldWarnings): Connectors {
  return createConnectors(connectors, { warn: told.add, now: () => clock.now(), ...(network === undefined ? {} : { network }) });
}

function openAll(declared: ReadonlyMap<string, DeclaredSource>): Map<string, OpenSource> {
  const open = new Map<string, OpenSource>();
  for (const { name, data } of declared.values())
    if (data.kind === 'open') open.set(name, { early: [], earlyRows: 0, mailboxes: new Set(), ended: false });
  return open;
}

function noOpenSource(name: string, declared: ReadonlyMap<string, DeclaredSource>): never {
  throw declared.has(name) ? notOpen(name) : unknownSource(name, [...declared.keys()]);
}

/** A planning ends with the signal of its run, and all of them with the engine. Returns what to call when it is through. */
function begin(planning: AbortController, all: Set<AbortController>, signal: AbortSignal | undefined): () => void {
  const abort = () => planning.abort(aborted(signal?.reason));
  all.add(planning);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return () => {
    all.delete(planning);
    signal?.removeEventListener('abort', abort);
  };
}

const shown = ({ decimals = 'string' }: RunOptions, planning: AbortController): QueryOptions => ({
  decimals,
  giveUp: (reason) => planning.abort(cancelled(reason)),
});

function declareAll(options: EngineOptions): Map<string, DeclaredSource> {
  const declared = new Map<string, DeclaredSource>();
  for (const [name, input] of Object.entries(options.sources ?? {})) declared.set(name, declareSource(name, 'stream', input));
  for (const [name, input] of Object.entries(options.tables ?? {})) declared.set(name, declareSource(name, 'table', input));
  return declared;
}

/** One mailbox per open source; the first one also gets what was pushed before anybody listened. */
function subscribe(open: ReadonlyMap<string, OpenSource>, maxBufferedRows: number): Map<string, Mailbox> {
  const mailboxes = new Map<string, Mailbox>();
  for (const [name, source] of open) {
    const mailbox = createMailbox(name, maxBufferedRows);
    for (const item of source.early.splice(0)) mailbox.put(item);
    if (source.ended && mailbox.items.at(-1)?.kind !== 'end') mailbox.put({ kind: 'end', sequence: -1 });
    source.mailboxes.add(mailbox);
    mailboxes.set(name, mailbox);
  }
  return mailboxes;
}

function targetNamed(execution: Execution, name: string): QueryTarget {
  const node = execution.graph.nodes.find((n) => n.statement.name === name);
  const queue = execution.queues.get(name);
  if (!node || !queue)
    throw unknownQuery(
      name,
      execution.graph.nodes.map((n) => n.statement.name),
    );
  return { execution, node, queue };
}

const lastTarget = (execution: Execution): QueryTarget => targetNamed(execution, execution.graph.nodes.at(-1)?.statement.name ?? '');

function createScript(launched: Promise<Execution>, options: QueryOptions): Script {
  const queries = new Map<string, EngineQuery>();
  let names: readonly string[] = [];
  const ready = launched.then((execution) => {
    names = execution.graph.nodes.filter((n) => !n.statement.internal).map((n) => n.statement.name);
  });
  ready.catch(() => {});
  return {
    ready,
    get names() {
      return names;
    },
    query(name) {
      const made =
        queries.get(name) ??
        createQuery(
          launched.then((execution) => targetNamed(execution, name)),
          options,
        );
      queries.set(name, made);
      return made;
    },
    async finish() {
      await (await launched).finish();
    },
    async cancel(reason) {
      options.giveUp(reason);
      await (await launched.catch(() => null))?.cancel(reason);
    },
    async checkpoint() {
      return (await launched).checkpoint();
    },
    async commit(options) {
      return (await launched).commit(options);
    },
  };
}
