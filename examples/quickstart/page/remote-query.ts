import type { TableSchema } from '@velostream/core/sql';
import type { LiveQuery } from '@velostream/react';
import type { DataRow, FromEngine, Telemetry, ToEngine } from '../engine/messages.ts';
import { EngineFailure } from './engine-failure.ts';
import { createValue, type Value } from './value.ts';

/** A query that runs in the worker. `useQuery` reads it as it would read one of the page itself. */
export interface RemoteQuery extends LiveQuery {
  readonly schema: TableSchema;
  readonly telemetry: Value<Telemetry | null>;
}

interface Link {
  readonly run: number;
  post(message: ToEngine): void;
}

/** The page's end of one run: what the worker sends goes in, an async iterator of rows comes out. */
export function createRemoteQuery({ run, post }: Link): { readonly query: Promise<RemoteQuery>; receive(message: FromEngine): void } {
  const telemetry = createValue<Telemetry | null>(null);
  const chunks: (readonly DataRow[])[] = [];
  let ending: { readonly error: EngineFailure | null } | undefined;
  let wake: () => void = () => {};
  const opened = Promise.withResolvers<RemoteQuery>();

  async function* rows(): AsyncGenerator<DataRow> {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk) {
        yield* chunk;
        post({ kind: 'taken', run, rows: chunk.length });
      } else if (!ending) await new Promise<void>((go) => (wake = go));
      else if (ending.error) throw ending.error;
      else return;
    }
  }

  const open = (schema: TableSchema): RemoteQuery => ({
    schema,
    telemetry,
    [Symbol.asyncIterator]: () => rows(),
    pause: () => post({ kind: 'pause', run }),
    resume: () => post({ kind: 'resume', run }),
    cancel: async () => post({ kind: 'cancel', run }),
  });

  return {
    query: opened.promise,
    receive(message) {
      if (message.kind === 'ready') opened.resolve(open(message.schema));
      else if (message.kind === 'telemetry') telemetry.set(message.telemetry);
      else if (message.kind === 'rows') chunks.push(message.rows);
      else if (message.kind === 'end') {
        ending = { error: message.failure && new EngineFailure(message.failure) };
        opened.reject(ending.error ?? new EngineFailure({ message: 'the query was stopped before it began', diagnostics: [] }));
      }
      wake();
    },
  };
}
