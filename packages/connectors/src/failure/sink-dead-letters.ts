import {
  type ConnectorDefinition,
  type ConnectorHost,
  connectorError,
  type Field,
  kafkaError,
  type RecordBatch,
  type Sink,
} from '@velostream/core/connect';
import { columnFromScalars, NO_META, STRING, TIMESTAMP } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { type DeadLetter, type DeadLetters, letterObject } from './dead-letters.ts';

/** Columns of a table of letters. */
export const LETTER_FIELDS: readonly Field[] = [
  ...['position', 'code', 'reason', 'message', 'sample'].map((name) => ({ name, type: STRING, nullable: false })),
  { name: 'failed_at', type: TIMESTAMP, nullable: false },
];

/** A table, or whatever else a connector writes to. Each write is a commit of its own, before the job goes on. */
export function sinkDeadLetters(uri: string, connectors: readonly ConnectorDefinition[], host: ConnectorHost): DeadLetters {
  const target = uri.replace(/[?#].*$/, '').replace(/\/\/[^/]*@/, '//');
  let sink: Promise<Sink> | undefined;
  let epoch = host.now();
  const opened = async (signal: AbortSignal): Promise<Sink> => {
    const made = openSink(uri, connectors, host);
    await made.open(LETTER_FIELDS, signal);
    return made;
  };
  return {
    target,
    async write(letters, signal) {
      try {
        sink ??= opened(signal);
        const to = await sink;
        await to.write({ batch: batchOf(letters), keys: null }, signal);
        await to.commit(++epoch);
      } catch (cause) {
        throw kafkaError('VS4817', { target, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
      }
    },
    async close() {
      const made = await sink?.catch(() => undefined);
      sink = undefined;
      await made?.close('complete');
    },
  };
}

function openSink(uri: string, connectors: readonly ConnectorDefinition[], host: ConnectorHost): Sink {
  const scheme = uri.slice(0, Math.max(0, uri.indexOf(':'))).toLowerCase();
  const definition = connectors.find((c) => c.schemes.includes(scheme));
  if (!definition?.sink)
    throw connectorError('VS4101', {
      connector: 'dead letters',
      option: 'dead.letter.queue.table',
      problem: `no connector in \`deadLetterSinks\` writes to "${scheme}:"`,
    });
  return definition.sink(resolveOptions(definition, definition.fromUri?.(uri) ?? { uri }, host), host);
}

function batchOf(letters: readonly DeadLetter[]): RecordBatch {
  const rows = letters.map(letterObject);
  const columns = LETTER_FIELDS.map(({ name, type }) =>
    columnFromScalars(
      type,
      // PostgreSQL's text holds no NUL.
      rows.map((row) => (typeof row[name] === 'string' ? row[name].replaceAll('\0', '\uFFFD') : (row[name] as number))),
    ),
  );
  return { length: letters.length, columns, meta: NO_META, ops: null, watermarks: null };
}
