import { parentPort } from 'node:worker_threads';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { FileReader } from '../run/files.ts';
import { QueryRunner } from '../run/query-runner.ts';
import type { FileAnswer, FileCall, FromTestThread, TestJob, ToTestThread } from './test-protocol.ts';

/** What runs in a thread of `velo test --jobs`: one query after the other, files through the thread of the caller. */
const port = parentPort;
if (port !== null) {
  const send = (message: FromTestThread): void => port.postMessage(message);
  const waiting = new Map<number, (answer: FileAnswer) => void>();
  const stop = new AbortController();
  let calls = 0;
  let runner: QueryRunner | null = null;

  const ask = (call: FileCall): Promise<FileAnswer> =>
    new Promise((resolve, reject) => {
      const id = calls++;
      waiting.set(id, (answer) => {
        if (answer.kind !== 'failed') resolve(answer);
        else if (answer.code === undefined) reject(new Error(answer.message));
        else reject(new VeloError({ code: answer.code, reason: answer.reason ?? '', message: answer.message, hint: answer.hint }));
      });
      send({ kind: 'file', id, call });
    });

  const filesOf = (job: TestJob): FileReader => ({
    async read(path) {
      const answer = await ask({ action: 'read', path });
      return answer.kind === 'read' ? answer.text : null;
    },
    ...(job.canList
      ? {
          list: async (path: string) => {
            const answer = await ask({ action: 'list', path });
            return answer.kind === 'listed' ? answer.names : [];
          },
        }
      : {}),
    ...(job.canWrite ? { write: async (path: string, text: string) => void (await ask({ action: 'write', path, text })) } : {}),
  });

  port.on('message', async (message: ToTestThread) => {
    switch (message.kind) {
      case 'job': {
        const { spec, sql, settings, tracksMemory } = message.job;
        const memory = tracksMemory ? { memory: () => process.memoryUsage().heapUsed } : {};
        runner = new QueryRunner(spec, sql, filesOf(message.job), { ...settings, ...memory });
        return;
      }
      case 'abort':
        stop.abort();
        return;
      case 'file':
        waiting.get(message.id)?.(message.answer);
        waiting.delete(message.id);
        return;
      case 'query': {
        const { id, query, before } = message;
        try {
          if (runner === null) throw new Error('internal: expected that a job comes before its queries');
          send({ kind: 'outcome', id, outcome: await runner.run(query, before, stop.signal) });
        } catch (error) {
          send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
        }
      }
    }
  });
}
