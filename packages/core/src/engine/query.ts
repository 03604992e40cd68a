import { alreadyConsumed, notReady } from '../diagnostics/codes/engine.ts';
import { makeRowWriter } from '../runtime/row-writer.ts';
import type { TableSchema } from '../sql/catalog/schema.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import { apiWriter } from '../values/api-value.ts';
import { scalarAt } from '../values/column-read.ts';
import { typeText } from '../values/type-text.ts';
import type { Change, Query, Row, Value } from './api.ts';
import type { Execution } from './execution.ts';
import { explainRow } from './explain-row.ts';
import { explainSilence } from './explain-silence.ts';
import type { GraphNode } from './graph.ts';
import { metricsOf, WAITING_METRICS } from './metrics.ts';
import { changesOf, rowsOf, tableOf } from './result-rows.ts';
import type { ResultQueue } from './result-queue.ts';

/** A started or starting execution, and the statement of it that this query shows. */
export interface QueryTarget {
  readonly execution: Execution;
  readonly node: GraphNode;
  readonly queue: ResultQueue;
}

export interface QueryOptions {
  readonly decimals: 'string' | 'number' | 'object';
}

/** The result of one statement. Planning begins at once, reading when the first consumer asks. */
export function createQuery(target: Promise<QueryTarget>, options: QueryOptions): Query {
  let opened: QueryTarget | null = null;
  let wantsPause = false;
  let cancelReason: { reason: string | undefined } | null = null;
  let reader: 'none' | 'iterator' | 'collector' = 'none';
  let collected: Promise<RecordBatch[]> | null = null;
  const kept: RecordBatch[] = [];

  const ready = target.then(async (t) => {
    opened = t;
    if (wantsPause) t.execution.pause();
    if (cancelReason) await t.execution.cancel(cancelReason.reason);
  });
  // The error belongs to whoever reads; `ready` alone must not end the process.
  ready.catch(() => {});

  const begin = async (): Promise<QueryTarget> => {
    await ready;
    const t = opened as QueryTarget;
    t.queue.attached = true;
    t.execution.start();
    return t;
  };
  const claim = (): void => {
    if (reader !== 'none') throw alreadyConsumed();
    reader = 'iterator';
  };
  const collect = (): Promise<RecordBatch[]> => {
    if (collected) return collected;
    if (reader === 'iterator') return Promise.reject(alreadyConsumed());
    reader = 'collector';
    collected = (async () => {
      const { queue } = await begin();
      for (let batch = await queue.take(); batch; batch = await queue.take()) kept.push(batch);
      return kept;
    })();
    return collected;
  };
  const writer = (t: QueryTarget) => makeRowWriter(visibleFields(t.node), options.decimals);

  async function* iterate<T>(each: (t: QueryTarget) => (batch: RecordBatch) => Iterable<T>): AsyncGenerator<T> {
    const t = await begin();
    const split = each(t);
    try {
      for (let batch = t.queue.takeNow() ?? (await t.queue.take()); batch; batch = t.queue.takeNow() ?? (await t.queue.take())) {
        remember(kept, batch);
        yield* split(batch);
      }
    } finally {
      if (!t.queue.finished) {
        t.queue.attached = false;
        await t.execution.cancel('the reader stopped');
      }
    }
  }

  const query: Query = {
    ready,
    get schema() {
      if (!opened) throw notReady();
      return schemaOf(opened.node);
    },
    [Symbol.asyncIterator]() {
      claim();
      return iterate<Row>((t) => {
        const write = writer(t);
        return (batch) => rowsOf(batch, write);
      });
    },
    changes() {
      claim();
      return iterate<Change>((t) => {
        const write = writer(t);
        const { plan } = t.node.statement;
        const writers = plan.root.fields.map((f) => apiWriter(f.type, { decimals: options.decimals }));
        const keyValue = (batch: RecordBatch, column: number, row: number): Value =>
          writers[column]?.(scalarAt(batch.columns[column] as RecordBatch['columns'][number], row)) ?? null;
        return (batch) => changesOf(batch, plan, write, keyValue, plan.root.changes === 'append');
      });
    },
    batches() {
      claim();
      return iterate<RecordBatch>((t) => {
        const { visible } = t.node.statement.plan;
        return (batch) => [{ ...batch, columns: batch.columns.slice(0, visible) }];
      });
    },
    async rows() {
      const batches = await collect();
      const write = writer(opened as QueryTarget);
      const rows: Row[] = [];
      for (const batch of batches) for (const row of rowsOf(batch, write)) rows.push(row);
      return rows;
    },
    async table() {
      const batches = await collect();
      const t = opened as QueryTarget;
      return tableOf(batches, t.node.statement.plan, writer(t));
    },
    async toArrow() {
      const batches = await collect();
      return (await import('./to-arrow.ts')).toArrowTable(batches, visibleFields((opened as QueryTarget).node));
    },
    metrics: () => (opened ? metricsOf(opened.execution, opened.node) : WAITING_METRICS),
    explainSilence: () => explainSilence(opened ? metricsOf(opened.execution, opened.node) : WAITING_METRICS, opened?.node ?? null),
    explainRow(row) {
      if (!opened) throw notReady();
      return explainRow(row, kept, opened.node, opened.execution, writer(opened));
    },
    pause() {
      wantsPause = true;
      opened?.execution.pause();
    },
    resume() {
      wantsPause = false;
      opened?.execution.resume();
    },
    async cancel(reason) {
      if (opened) await opened.execution.cancel(reason);
      else cancelReason = { reason };
    },
    async checkpoint() {
      await ready;
      return (opened as QueryTarget).execution.checkpoint();
    },
  };
  return query;
}

const visibleFields = (node: GraphNode): readonly Field[] => node.statement.plan.root.fields.slice(0, node.statement.plan.visible);

function schemaOf(node: GraphNode): TableSchema {
  const { plan, kind } = node.statement;
  const key = (plan.key ?? []).filter((c) => c < plan.visible).map((c) => (plan.root.fields[c] as Field).name);
  return {
    kind: kind === 'table' ? 'table' : 'stream',
    columns: visibleFields(node).map((f) => ({ name: f.name, type: typeText(f.type), nullable: f.nullable })),
    ...(key.length > 0 ? { key } : {}),
  };
}

/** Keeps the latest output for `explainRow`, within bounds. */
function remember(kept: RecordBatch[], batch: RecordBatch): void {
  kept.push(batch);
  if (kept.length > 256) kept.shift();
}
