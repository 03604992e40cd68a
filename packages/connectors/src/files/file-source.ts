import { connectorError, type ReadRequest, type Source, type SourceBatch } from '@velostream/core/connect';
import { chooseFormat, packingOf } from './choose-format.ts';
import type { FileContext } from './file-context.ts';
import { fileError } from './file-error.ts';
import { type FilePosition, fromOffset, identityOf } from './file-position.ts';
import { followFiles } from './follow-files.ts';
import { filesOf } from './list-files.ts';
import { readFile } from './read-file.ts';
import { describeFiles } from './sample-files.ts';
import { SourceBatches } from './source-batches.ts';

/** Files as one source, one after the other in name order; with `watch` they are followed and the source never ends. */
export function fileSource(context: FileContext): Source {
  const { options, roots } = context;
  let isReading = false;
  // The text of the path is checked at once: a path that leads out is refused before anything is planned.
  roots.resolve(options.path);
  return {
    split: async (request) => (await import('./split-files.ts')).splitFiles(context, request),
    describe: async (signal, hint) =>
      describeFiles(await filesOf(context, signal, true), context, { signal, areColumnsKnown: hint?.areColumnsKnown === true }),
    async *read(request) {
      if (isReading) throw connectorError('VS4110', { connector: 'file' });
      isReading = true;
      try {
        yield* options.watch ? followFiles(context, request) : readAll(context, request);
      } finally {
        isReading = false;
      }
    },
  };
}

async function* readAll(context: FileContext, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const { options } = context;
  const from = fromOffset(request.from);
  const files = await filesOf(context, request.signal, true);
  const batches = new SourceBatches(request, from.total, options.max_records ?? Number.POSITIVE_INFINITY, context.host.now);
  const start = from.files[0];
  if (start !== undefined && !files.includes(start.file)) throw connectorError('VS4205', { path: start.file });
  for (const path of files) {
    if (start !== undefined && path < start.file) continue;
    if (batches.isFull || request.signal.aborted) return;
    yield* readOne(context, request, batches, path, start?.file === path ? start : undefined);
  }
}

async function* readOne(
  context: FileContext,
  request: ReadRequest,
  batches: SourceBatches,
  path: string,
  start: FilePosition | undefined,
): AsyncGenerator<SourceBatch> {
  const { options, formats, roots } = context;
  const handle = await roots.open(path);
  try {
    const info = await handle.stat().catch((error) => Promise.reject(fileError(path, error)));
    const id = identityOf(info);
    if (start !== undefined && start.id !== id) throw connectorError('VS4205', { path });
    const format = chooseFormat(path, options, formats);
    if (start !== undefined && packingOf(path, options.compression) === 'none' && info.size < start.byte)
      throw connectorError('VS4205', { path });
    const { fields, predicates, maxBatchRows, signal } = request;
    const from = { byte: start?.byte ?? 0, record: start?.record ?? 0 };
    const reading = {
      path,
      handle,
      format,
      options,
      fields,
      predicates,
      maxBatchRows,
      from,
      isWhole: true,
      signal,
      progress: context.progress,
      lent: request.lent === true,
      ...(request.threads === undefined ? {} : { threads: request.threads }),
    };
    for await (const decoded of readFile(reading)) {
      yield batches.make(decoded, [{ file: path, id, byte: decoded.endByte, record: decoded.endRecord }]);
      if (batches.isFull || signal.aborted) return;
    }
  } finally {
    await handle.close();
  }
}
