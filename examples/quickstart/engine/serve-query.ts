import { createEngine, type Query } from '@velostream/core/engine';
import { failureOf } from './failure.ts';
import type { DataRow, FromEngine } from './messages.ts';
import { openSources } from './sources.ts';

/** Rows on their way to the page; more wait in the engine, which then reads no further. */
const UNTAKEN_ROWS_MAX = 4_000;
const CHUNK_ROWS = 500;
const CHUNK_WAIT_MS = 30;
const TELEMETRY_EVERY_MS = 250;

export interface ServedQuery {
  pause(): void;
  resume(): void;
  cancel(): void;
  taken(rows: number): void;
}

/** Runs one query and posts what becomes of it. The page's acknowledgements hold the query back. */
export function serveQuery(run: number, sql: string, post: (message: FromEngine) => void): ServedQuery {
  const stop = new AbortController();
  let query: Query | undefined;
  let isPaused = false;
  let newest: () => number | null = () => null;
  let untaken = 0;
  let wake: (() => void) | undefined;
  let chunk: DataRow[] = [];

  const send = (): void => {
    if (chunk.length === 0) return;
    untaken += chunk.length;
    post({ kind: 'rows', run, rows: chunk });
    chunk = [];
  };
  const tell = (): void => {
    if (!query) return;
    const telemetry = { metrics: query.metrics(), silence: query.explainSilence(), newestTime: newest() };
    post({ kind: 'telemetry', run, telemetry });
  };

  async function serve(): Promise<void> {
    const opened = await openSources(sql, stop.signal);
    newest = opened.newest;
    // The page allows no code made from text; the engine then interprets, so it need not try.
    const engine = createEngine({ ...opened.inputs, codegen: false });
    query = engine.run(sql, { signal: stop.signal });
    if (isPaused) query.pause();
    await query.ready;
    post({ kind: 'ready', run, schema: query.schema });
    const sending = setInterval(send, CHUNK_WAIT_MS);
    const telling = setInterval(tell, TELEMETRY_EVERY_MS);
    try {
      for await (const row of query) {
        chunk.push(row);
        if (chunk.length >= CHUNK_ROWS) send();
        while (untaken >= UNTAKEN_ROWS_MAX && !stop.signal.aborted) await new Promise<void>((go) => (wake = go));
      }
    } finally {
      clearInterval(sending);
      clearInterval(telling);
      send();
      tell();
      await engine.close();
    }
  }

  serve().then(
    () => post({ kind: 'end', run, failure: null }),
    (error: unknown) => post({ kind: 'end', run, failure: stop.signal.aborted ? null : failureOf(error) }),
  );

  return {
    pause() {
      isPaused = true;
      query?.pause();
    },
    resume() {
      isPaused = false;
      query?.resume();
    },
    cancel() {
      stop.abort();
      wake?.();
    },
    taken(rows) {
      untaken -= rows;
      wake?.();
    },
  };
}
