import { failureOf } from './failure.ts';
import { LANGUAGE } from './language.ts';
import type { FromEngine, Language, ToEngine } from './messages.ts';
import { type ServedQuery, serveQuery } from './serve-query.ts';

// The engine of the page. It has a thread of its own, so that typing and drawing stay smooth whatever a query does.

interface WorkerScope {
  postMessage(message: FromEngine): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToEngine>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;
const post = (message: FromEngine): void => scope.postMessage(message);
const running = new Map<number, ServedQuery>();

function answer(id: number, method: keyof Language, args: readonly unknown[]): void {
  try {
    // The client's types match each method with its arguments; here they are only passed on.
    const call = LANGUAGE[method] as (...args: readonly unknown[]) => unknown;
    post({ kind: 'answer', id, value: call(...args) });
  } catch (error) {
    post({ kind: 'refusal', id, failure: failureOf(error) });
  }
}

scope.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'ask':
      return answer(data.id, data.method, data.args);
    case 'run':
      running.set(
        data.run,
        serveQuery(data.run, data.sql, (message) => {
          if (message.kind === 'end') running.delete(data.run);
          post(message);
        }),
      );
      return;
    case 'pause':
      return running.get(data.run)?.pause();
    case 'resume':
      return running.get(data.run)?.resume();
    case 'cancel':
      return running.get(data.run)?.cancel();
    case 'taken':
      return running.get(data.run)?.taken(data.rows);
  }
});
