import type { LiveColumn, LiveQuery, LiveRow } from './live-query.ts';
import { type QuerySnapshot, type QueryStatus, WAITING } from './query-snapshot.ts';
import { lastRowPerKey, newestRows, type RowWindow } from './row-window.ts';

export interface ObserveOptions {
  /** How many rows are kept for showing; default 1,000. */
  readonly rowsMax?: number;
  /** Shows the last row of each key instead of every row. */
  readonly keyOf?: (row: LiveRow) => unknown;
  /** Runs `flush` at the next moment worth drawing and returns how to call that off; default: the next animation frame. */
  readonly frame?: (flush: () => void) => () => void;
}

export interface QueryObserver {
  /** Reading starts with the first listener and rests while there is none, so that an unseen query is held back, not buffered. */
  subscribe(listener: () => void): () => void;
  current(): QuerySnapshot;
}

const ROWS_MAX = 1_000;
/** Rows may come without ever waiting; after this long the page gets its turn. */
const READ_SLICE_MS = 4;

const observers = new WeakMap<LiveQuery, QueryObserver>();

/** The observer of a query. There is one for each query, because a query has one reader: the options of the first call hold. */
export function observeQuery(query: LiveQuery, options: ObserveOptions = {}): QueryObserver {
  let observer = observers.get(query);
  if (!observer) {
    observer = new Observer(query, options);
    observers.set(query, observer);
  }
  return observer;
}

function nextFrame(flush: () => void): () => void {
  // A hidden page gets no animation frames; its rows still have to be let go.
  if (typeof requestAnimationFrame === 'function' && document.visibilityState !== 'hidden') {
    const id = requestAnimationFrame(flush);
    return () => cancelAnimationFrame(id);
  }
  const id = setTimeout(flush, 16);
  return () => clearTimeout(id);
}

const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

const columnsOfRow = (row: LiveRow): LiveColumn[] => Object.keys(row).map((name) => ({ name, type: '' }));

/** Reads one query and publishes at most one snapshot per frame. */
class Observer implements QueryObserver {
  readonly #query: LiveQuery;
  readonly #window: RowWindow;
  readonly #frame: (flush: () => void) => () => void;
  readonly #listeners = new Set<() => void>();
  #snapshot: QuerySnapshot = WAITING;
  #columns: readonly LiveColumn[] = [];
  #rowsSeen = 0;
  #status: QueryStatus = 'waiting';
  #error: Error | undefined;
  #isReading = false;
  #isCancelled = false;
  /** What the view shows while it stands still. */
  #frozen: { readonly rows: readonly LiveRow[]; readonly seen: number; readonly dropped: number } | undefined;
  #callOff: (() => void) | undefined;
  #wake: (() => void) | undefined;

  constructor(query: LiveQuery, { rowsMax = ROWS_MAX, keyOf, frame = nextFrame }: ObserveOptions) {
    if (!Number.isInteger(rowsMax) || rowsMax < 1) throw new RangeError(`rowsMax must be a whole number of at least 1, got ${rowsMax}`);
    this.#query = query;
    this.#window = keyOf ? lastRowPerKey(rowsMax, keyOf) : newestRows(rowsMax);
    this.#frame = frame;
  }

  readonly current = (): QuerySnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    // A wrapper of its own, so that one function may listen twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    this.#wake?.();
    if (!this.#isReading) {
      this.#isReading = true;
      this.#publish();
      void this.#read();
    }
    return () => void this.#listeners.delete(entry);
  };

  async #read(): Promise<void> {
    try {
      const reader = this.#query[Symbol.asyncIterator]();
      let sliceEnd = performance.now() + READ_SLICE_MS;
      for (;;) {
        if (this.#listeners.size === 0 && !this.#isCancelled) await new Promise<void>((wake) => (this.#wake = wake));
        const next = await reader.next();
        if (next.done) break;
        this.#add(next.value);
        if (performance.now() < sliceEnd) continue;
        await new Promise((go) => setTimeout(go, 0));
        sliceEnd = performance.now() + READ_SLICE_MS;
      }
      this.#finish('done', undefined);
    } catch (reason) {
      // Some queries end a cancelled read with an error; who cancelled does not want to be told.
      if (this.#isCancelled) this.#finish('done', undefined);
      else this.#finish('failed', toError(reason));
    }
  }

  #add(row: LiveRow): void {
    if (this.#columns.length === 0) this.#columns = this.#knownColumns() ?? columnsOfRow(row);
    this.#window.add(row);
    this.#rowsSeen++;
    if (this.#status === 'waiting') this.#status = 'live';
    this.#callOff ??= this.#frame(() => this.#publish());
  }

  #knownColumns(): readonly LiveColumn[] | undefined {
    try {
      const { columns } = this.#query.schema;
      return columns.length > 0 ? columns : undefined;
    } catch {
      return undefined; // not known before the query is ready
    }
  }

  #finish(status: 'done' | 'failed', error: Error | undefined): void {
    if (this.#status === 'done' || this.#status === 'failed') return;
    this.#status = status;
    this.#error = error;
    if (this.#columns.length === 0) this.#columns = this.#knownColumns() ?? [];
    this.#publish();
  }

  #publish(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    const hasEnded = this.#status === 'done' || this.#status === 'failed';
    const isPaused = this.#status === 'paused';
    this.#snapshot = {
      status: this.#status,
      columns: this.#columns,
      rows: this.#frozen?.rows ?? this.#window.rows(),
      rowsSeen: this.#rowsSeen,
      rowsDropped: this.#frozen?.dropped ?? this.#window.dropped(),
      error: this.#error,
      isFrozen: this.#frozen !== undefined,
      rowsWaiting: this.#frozen ? this.#rowsSeen - this.#frozen.seen : 0,
      pause: hasEnded || isPaused ? null : this.#pause,
      resume: isPaused ? this.#resume : null,
      cancel: hasEnded || this.#isCancelled ? null : this.#cancel,
      freeze: hasEnded || this.#frozen ? null : this.#freeze,
      thaw: this.#frozen ? this.#thaw : null,
    };
    for (const listener of this.#listeners) listener();
  }

  readonly #pause = (): void => {
    this.#query.pause();
    this.#status = 'paused';
    this.#publish();
  };

  readonly #resume = (): void => {
    this.#query.resume();
    this.#status = this.#rowsSeen > 0 ? 'live' : 'waiting';
    this.#publish();
  };

  readonly #freeze = (): void => {
    this.#frozen = { rows: this.#window.rows(), seen: this.#rowsSeen, dropped: this.#window.dropped() };
    this.#publish();
  };

  readonly #thaw = (): void => {
    this.#frozen = undefined;
    this.#publish();
  };

  readonly #cancel = (): void => {
    this.#isCancelled = true;
    this.#wake?.();
    this.#publish();
    this.#query.cancel('cancelled by the user').catch((reason: unknown) => this.#finish('failed', toError(reason)));
  };
}
