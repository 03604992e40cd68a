import type { LiveColumn, LiveQuery, LiveRow } from './live-query.ts';

/** A query that a test feeds by hand. */
export interface ScriptedQuery extends LiveQuery {
  push(...rows: readonly LiveRow[]): void;
  end(): void;
  fail(error: unknown): void;
  /** What the observer asked of the query, in order. */
  readonly calls: string[];
  /** How many readers were opened. */
  readers(): number;
  /** How many rows were taken. */
  taken(): number;
}

export function scriptedQuery(columns: readonly LiveColumn[] = [{ name: 'symbol', type: 'STRING' }]): ScriptedQuery {
  const waiting: LiveRow[] = [];
  const calls: string[] = [];
  let ending: { readonly error?: unknown } | undefined;
  let wake: () => void = () => {};
  let readers = 0;
  let taken = 0;
  return {
    schema: { columns },
    calls,
    readers: () => readers,
    taken: () => taken,
    push(...rows) {
      waiting.push(...rows);
      wake();
    },
    end() {
      ending = {};
      wake();
    },
    fail(error) {
      ending = { error };
      wake();
    },
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    async cancel() {
      calls.push('cancel');
      ending = { error: new Error('the query was cancelled') };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      readers++;
      for (;;) {
        const row = waiting.shift();
        if (row) {
          taken++;
          yield row;
        } else if (ending) {
          if ('error' in ending) throw ending.error;
          return;
        } else await new Promise<void>((go) => (wake = go));
      }
    },
  };
}

/** Frames that a test lets happen. */
export function manualFrames(): { readonly frame: (flush: () => void) => () => void; draw(): void; pending(): number } {
  let queue: (() => void)[] = [];
  return {
    frame(flush) {
      queue.push(flush);
      return () => {
        queue = queue.filter((other) => other !== flush);
      };
    },
    draw() {
      for (const flush of queue.splice(0)) flush();
    },
    pending: () => queue.length,
  };
}

/** Long enough for every promise that is ready to run. */
export async function settle(): Promise<void> {
  // A reader that was held up gives the page its turn in between, so one turn may not be enough.
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done, 0));
}
