import type { PushedPredicate, Source, SystemName } from '../../connect/connector.ts';
import type { Json } from '../../connect/offset.ts';
import type { RecordErrorInfo } from '../../runtime/operator.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { ReadRows } from './array-feed.ts';
import type { Feed, FeedItem } from './feed.ts';

const isBatch = (x: unknown): x is RecordBatch => typeof x === 'object' && x !== null && 'columns' in x && 'meta' in x && 'length' in x;

interface Arrival {
  readonly name: string;
  /** Position before the first item. */
  readonly from: Json;
  pull(): Promise<FeedItem | null>;
  /** Position after the last item that `pull` gave. */
  position(): Json;
  sequence(): number;
  close(): Promise<void>;
  acknowledge?(position: Json): void;
}

/**
 * Keeps one read under way and says when it is done, so that the loop can serve other sources meanwhile. What was read ahead is not
 * part of the position: a checkpoint taken before it is handed over must bring it again.
 */
function arrivalFeed({ name, from, pull, position, sequence, close, acknowledge }: Arrival): Feed {
  let waiting:
    | { readonly item: FeedItem | null; readonly sequence: number; readonly position: Json }
    | { readonly error: unknown; readonly sequence: number }
    | null = null;
  let given = from;
  let underWay = false;
  const start = () => {
    if (underWay || waiting) return;
    underWay = true;
    const arrived = (outcome: { item: FeedItem | null; position: Json } | { error: unknown }) => {
      underWay = false;
      waiting = { ...outcome, sequence: sequence() };
      feed.onArrival?.();
    };
    pull().then(
      (item) => arrived({ item, position: position() }),
      (error) => arrived({ error }),
    );
  };
  const feed: Feed = {
    name,
    mode: 'arrival',
    onArrival: undefined,
    peekSequence() {
      start();
      return waiting?.sequence;
    },
    next() {
      const ready = waiting;
      if (!ready) throw new Error('internal: expected that next() follows peekSequence()');
      waiting = null;
      if ('error' in ready) return Promise.reject(ready.error);
      given = ready.position;
      return ready.item;
    },
    position: () => given,
    close,
    ...(acknowledge === undefined ? {} : { acknowledge }),
  };
  return feed;
}

/** An asynchronous iterable of rows, arrays of rows or batches. Its position counts rows; on restore they are read again and skipped. */
export function asyncFeed(
  name: string,
  rows: AsyncIterable<object | readonly object[] | RecordBatch>,
  read: ReadRows,
  narrow: (batch: RecordBatch, firstOffset: number) => RecordBatch,
  options: { readonly from: number; readonly sequence: () => number },
): Feed {
  const iterator = rows[Symbol.asyncIterator]();
  let at = 0;
  const pull = async (): Promise<FeedItem | null> => {
    for (;;) {
      const step = await iterator.next();
      if (step.done) return null;
      const value = step.value;
      if (isBatch(value)) {
        at += value.length;
        if (at > options.from) return { kind: 'rows', batch: narrow(value, at - value.length) };
        continue;
      }
      const chunk: readonly object[] = Array.isArray(value) ? value : [value];
      const skip = Math.min(chunk.length, Math.max(0, options.from - at));
      at += chunk.length;
      if (chunk.length > skip) return { kind: 'rows', batch: read(chunk, skip, chunk.length, at - chunk.length + skip) };
    }
  };
  return arrivalFeed({
    name,
    from: options.from,
    pull,
    position: () => at,
    sequence: options.sequence,
    close: async () => void (await iterator.return?.()),
  });
}

/** Rows of a connector. Bounded ones are merged by event time, endless ones come as they arrive. */
export function connectorFeed(
  name: string,
  source: Source,
  request: {
    readonly fields: readonly Field[];
    readonly system: readonly SystemName[];
    readonly batchRows: number;
    readonly predicates: readonly PushedPredicate[];
    readonly from: Json | undefined;
    readonly bounded: boolean;
    readonly lent: boolean;
    readonly threads: number;
  },
  hooks: { readonly signal: AbortSignal; recordError(info: RecordErrorInfo): void; badRecord(): void; sequence(): number },
): Feed {
  const read = source.read({
    fields: request.fields,
    system: request.system,
    predicates: request.predicates,
    // a checkpoint from before the first row has no position
    from: request.from ?? undefined,
    signal: hooks.signal,
    maxBatchRows: request.batchRows,
    // an endless source reads ahead while its batch waits
    lent: request.lent && request.bounded,
    ...(request.threads > 1 ? { threads: request.threads } : {}),
  });
  const iterator = read[Symbol.asyncIterator]();
  let position: Json = request.from ?? null;
  const pull = async (): Promise<FeedItem | null> => {
    const step = await iterator.next();
    if (step.done) return null;
    position = step.value.next;
    for (const bad of step.value.bad ?? []) {
      hooks.badRecord();
      hooks.recordError({
        error: bad.error,
        operator: `Source ${name} at ${bad.position}`,
        sample: Object.assign(Object.create(null), { record: bad.sample }),
      });
    }
    return { kind: 'rows', batch: step.value.batch };
  };
  const close = async () => {
    await iterator.return?.();
    await source.close?.();
  };
  const acknowledge = source.acknowledge === undefined ? {} : { acknowledge: (p: Json) => source.acknowledge?.(p) };
  if (!request.bounded)
    return arrivalFeed({ name, from: position, pull, position: () => position, sequence: hooks.sequence, close, ...acknowledge });
  return { name, mode: 'merge', next: pull, position: () => position, close, ...acknowledge };
}
