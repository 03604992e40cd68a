import type { CommitContext, RecoveredCommit, Sink } from '../connect/connector.ts';
import { assert } from '../diagnostics/assert.ts';
import { scalarAt } from '../values/column-read.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { textFunction } from '../values/scalar-text.ts';
import { type Connectors, propertiesOf } from './connector-source.ts';
import { appended, type Graph, type GraphNode, project } from './graph.ts';

/** Writes the output of one statement, batch after batch; the loop waits when too many are queued. */
export interface SinkWriter {
  readonly queued: number;
  /** What it committed before this run; undefined: it keeps no record of that. */
  readonly recovered: RecoveredCommit | null | undefined;
  /** Resolves once everything that is queued now has been written. */
  written(): Promise<void>;
  /** Commits what was queued before this call, once `context` is there; what is queued later belongs to the next commit. */
  commit(epoch: number, context: Promise<CommitContext>): Promise<void>;
  /** The run goes on behind this epoch. */
  startAfter(epoch: number): void;
  /** Waits for what is queued, then makes it durable (unless it is) or throws it away. */
  finish(outcome: 'complete' | 'abort', isCommitted?: boolean): Promise<void>;
}

/** Sinks that the statements configure: INTO a URI, or `'<name>.type' = '…_sink'`. Other targets have no sink; their rows go to the reader alone. */
export async function openSinks(graph: Graph, connectors: Connectors, signal: AbortSignal, onRoom: () => void): Promise<SinkWriter[]> {
  const writers: SinkWriter[] = [];
  for (const node of graph.nodes) {
    for (const sink of await sinksOf(node, connectors)) writers.push(await openSink(node, sink, signal, onRoom));
  }
  return writers;
}

async function sinksOf(node: GraphNode, connectors: Connectors): Promise<Sink[]> {
  const { output, name, kind } = node.statement;
  if (!output) return [];
  const targets = output.targets.length > 0 ? output.targets : kind === 'query' ? [] : [name];
  const sinks: Sink[] = [];
  for (const target of targets) {
    const own = propertiesOf(target, output.properties);
    const { type, ...options } = own;
    if (target.includes('://')) sinks.push(await connectors.sinkFromUri(target, own));
    else if (typeof type === 'string' && !/_source(_mmap)?$/.test(type)) sinks.push(await connectors.sinkFromType(type, options));
  }
  return sinks;
}

async function openSink(node: GraphNode, sink: Sink, signal: AbortSignal, onRoom: () => void): Promise<SinkWriter> {
  const { plan } = node.statement;
  const columns = plan.root.fields.slice(0, plan.visible).map((_, i) => i);
  await sink.open(plan.root.fields.slice(0, plan.visible), signal);
  const recovered = sink.recover === undefined ? undefined : await sink.recover();
  let lastEpoch = 0;
  let queued = 0;
  let failure: { error: unknown } | null = null;
  let tail: Promise<void> = Promise.resolve();
  node.listeners.push((batch) => {
    const rows = sink.takesChanges ? batch : appended(batch);
    if (failure) throw failure.error;
    if (rows.length === 0) return;
    queued++;
    const write = { batch: project(rows, columns), keys: keysOf(rows, node) };
    tail = tail
      .then(() => sink.write(write, signal))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        queued--;
        onRoom();
      });
  });
  return {
    get queued() {
      return queued;
    },
    recovered,
    async written() {
      await tail;
      if (failure) throw (failure as { error: unknown }).error;
    },
    commit(epoch, context) {
      const done = tail.then(async () => {
        const known = await context;
        if (failure) throw failure.error;
        await sink.commit(epoch, known);
        lastEpoch = epoch;
      });
      tail = done.catch((error: unknown) => {
        failure ??= { error };
      });
      return done;
    },
    startAfter(epoch) {
      lastEpoch = epoch;
    },
    async finish(outcome, isCommitted = false) {
      await tail;
      if (failure && outcome === 'complete') {
        await sink.close('abort');
        throw (failure as { error: unknown }).error;
      }
      if (outcome === 'complete' && !isCommitted) await sink.commit(lastEpoch + 1);
      await sink.close(outcome);
    },
  };
}

/** Message keys (§8.4): one field its text, several joined with `|`; NULL is empty. */
function keysOf(batch: RecordBatch, node: GraphNode): readonly (string | null)[] | null {
  const { messageKey, root } = node.statement.plan;
  if (messageKey.length === 0) return null;
  const parts = messageKey.map((c) => {
    const column = batch.columns[c];
    const field = root.fields[c];
    assert(column && field, 'message keys are columns of the plan');
    return { column, text: textFunction(field.type) };
  });
  return Array.from({ length: batch.length }, (_, i) =>
    parts
      .map(({ column, text }) => {
        const value = scalarAt(column, i);
        return value === null ? '' : text(value);
      })
      .join('|'),
  );
}
