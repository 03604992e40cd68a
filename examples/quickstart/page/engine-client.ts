import type { FromEngine, Language, ToEngine } from '../engine/messages.ts';
import { EngineFailure } from './engine-failure.ts';
import { createRemoteQuery, type RemoteQuery } from './remote-query.ts';

/** The engine's worker as the page sees it. */
export interface EngineClient {
  /** Asks the worker about text. */
  readonly ask: { readonly [M in keyof Language]: (...args: Parameters<Language[M]>) => Promise<ReturnType<Language[M]>> };
  /** Plans and starts a query. Rejects with an `EngineFailure` when the text is wrong. */
  run(sql: string): { readonly query: Promise<RemoteQuery>; cancel(): void };
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export function createEngineClient(worker: Worker): EngineClient {
  const questions = new Map<number, Waiting>();
  const runs = new Map<number, (message: FromEngine) => void>();
  let last = 0;
  const post = (message: ToEngine): void => worker.postMessage(message);

  worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
    if (data.kind === 'answer') questions.get(data.id)?.resolve(data.value);
    else if (data.kind === 'refusal') questions.get(data.id)?.reject(new EngineFailure(data.failure));
    else runs.get(data.run)?.(data);
    if ('id' in data) questions.delete(data.id);
    else if (data.kind === 'end') runs.delete(data.run);
  });
  // A worker that cannot load answers nothing: everybody who waits is told.
  worker.addEventListener('error', (event) => {
    const failure = new EngineFailure({ message: `the engine stopped: ${event.message || 'its worker did not load'}`, diagnostics: [] });
    for (const { reject } of questions.values()) reject(failure);
    questions.clear();
    for (const [run, tell] of runs) tell({ kind: 'end', run, failure: failure.failure });
    runs.clear();
  });

  const asking =
    (method: keyof Language) =>
    (...args: readonly unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++last;
        questions.set(id, { resolve, reject });
        post({ kind: 'ask', id, method, args });
      });

  return {
    ask: {
      // The worker answers each method with its own result; the types of `Language` hold on both sides.
      sources: asking('sources') as EngineClient['ask']['sources'],
      validate: asking('validate') as EngineClient['ask']['validate'],
      format: asking('format') as EngineClient['ask']['format'],
      explain: asking('explain') as EngineClient['ask']['explain'],
      complete: asking('complete') as EngineClient['ask']['complete'],
    },
    run(sql) {
      const run = ++last;
      const remote = createRemoteQuery({ run, post });
      runs.set(run, remote.receive);
      post({ kind: 'run', run, sql });
      return { query: remote.query, cancel: () => post({ kind: 'cancel', run }) };
    },
  };
}
