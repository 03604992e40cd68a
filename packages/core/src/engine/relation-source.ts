import type { Source, SourceDescription } from '../connect/connector.ts';
import { unknownRelation } from '../diagnostics/codes/engine.ts';
import type { CatalogRelation } from '../sql/catalog/catalog.ts';
import { catalogRelation } from '../sql/catalog/create-catalog.ts';
import type { ColumnSchema, TableSchema } from '../sql/catalog/schema.ts';
import type { Field } from '../values/column.ts';
import { inferFields } from '../values/infer-type.ts';
import { typeText } from '../values/type-text.ts';
import { type Connectors, propertiesOf } from './connector-source.ts';
import type { Mailbox } from './feeds/push-feed.ts';
import type { DeclaredSource } from './source-input.ts';

/** A relation that the run can read: what the binder knows of it, and where its rows come from. */
export interface ReadableRelation {
  readonly relation: CatalogRelation;
  readonly data:
    | Exclude<DeclaredSource['data'], { kind: 'uri' | 'open' }>
    | { readonly kind: 'open'; readonly mailbox: Mailbox }
    | {
        readonly kind: 'connector';
        readonly source: Source;
        readonly bounded: boolean;
        readonly changes: NonNullable<SourceDescription['changes']>;
      };
}

/** So many rows of an iterable tell its columns: it may have no end. */
const PEEKED_ROWS_MAX = 100_000;

const column = (field: Field): ColumnSchema => ({ name: field.name, type: typeText(field.type), nullable: field.nullable });

/** Declared columns win over found ones of the same name; found ones follow. */
function schemaFrom(found: readonly Field[], declared: TableSchema | undefined): TableSchema {
  if (declared && declared.columns.length > 0) return declared;
  return { ...declared, columns: found.map(column) };
}

interface TimeOptions {
  readonly eventTime: string | undefined;
  readonly watermarkDelayMs: number | undefined;
  readonly key: readonly string[] | undefined;
}

function toRelation(name: string, kind: 'stream' | 'table', schema: TableSchema, time: TimeOptions): CatalogRelation {
  const eventTime = time.eventTime ?? schema.eventTime;
  const key = time.key ?? schema.key;
  const full = { ...schema, kind, ...(eventTime === undefined ? {} : { eventTime }), ...(key === undefined ? {} : { key }) };
  return catalogRelation(name, full, time.watermarkDelayMs === undefined ? {} : { watermarkDelayMs: time.watermarkDelayMs });
}

/** Opens a source of the engine's options. Waits for the first rows of an open source that declares no columns. */
export async function openDeclared(
  source: DeclaredSource,
  mailbox: Mailbox | undefined,
  connectors: Connectors,
  signal: AbortSignal,
): Promise<ReadableRelation> {
  const { name, kind, data, schema } = source;
  switch (data.kind) {
    case 'array':
      return {
        relation: toRelation(name, kind, schemaFrom(schema ? [] : inferFields(data.rows, { scan: 'whole' }), schema), source),
        data,
      };
    case 'iterable': {
      if (schema) return { relation: toRelation(name, kind, schema, source), data };
      const iterator = data.rows[Symbol.iterator]();
      const rows: object[] = [];
      let isWhole = false;
      while (!isWhole && rows.length < PEEKED_ROWS_MAX) {
        const { done, value } = iterator.next();
        if (done) isWhole = true;
        else rows.push(value);
      }
      return {
        relation: toRelation(name, kind, schemaFrom(inferFields(rows, { scan: isWhole ? 'whole' : 'open' }), schema), source),
        data: isWhole ? { kind: 'array', rows } : { kind: 'iterable', rows: resumed(rows, iterator) },
      };
    }
    case 'async': {
      if (schema) return { relation: toRelation(name, kind, schema, source), data };
      const { first, all } = await peekAsync(data.rows, signal);
      return {
        relation: toRelation(name, kind, schemaFrom(inferFields(first, { scan: 'open' }), schema), source),
        data: { kind: 'async', rows: all },
      };
    }
    case 'open': {
      if (!mailbox) throw unknownRelation(name);
      const declared = schema ?? schemaFrom(inferFields(await firstPushed(mailbox, signal), { scan: 'open' }), schema);
      return { relation: toRelation(name, kind, declared, source), data: { kind: 'open', mailbox } };
    }
    case 'uri':
      return openConnector(name, kind, await connectors.sourceFromUri(data.uri, data.options), source, signal);
  }
}

/** Lets go of sources that were described and are not going to be read: a description may have opened a connection. */
export async function closeSources(relations: readonly ReadableRelation[]): Promise<void> {
  await Promise.all(relations.map(async ({ data }) => (data.kind === 'connector' ? data.source.close?.().catch(() => {}) : undefined)));
}

/** Opens what the SQL itself configures: a URI in FROM, or `'name.type' = '…_source'`. Null when it configures nothing. */
export async function openConfigured(
  use: { readonly name: string; readonly uri: string | null; readonly properties: ReadonlyMap<string, string | number | boolean> },
  declared: { readonly schema: TableSchema | undefined; readonly kind: 'stream' | 'table' },
  connectors: Connectors,
  signal: AbortSignal,
): Promise<ReadableRelation | null> {
  const own = { ...propertiesOf(use.name, use.properties) };
  const type = own['type'];
  const eventTime = own['event.time.field'] ?? use.properties.get('event.time.field');
  const time = {
    schema: declared.schema,
    eventTime: typeof eventTime === 'string' ? eventTime : undefined,
    watermarkDelayMs: undefined,
    key: undefined,
  };
  if (use.uri !== null) return openConnector(use.name, declared.kind, await connectors.sourceFromUri(use.uri, own), time, signal);
  if (typeof type !== 'string') return null;
  delete own['type'];
  return openConnector(use.name, declared.kind, await connectors.sourceFromType(type, own), time, signal);
}

async function openConnector(
  name: string,
  kind: 'stream' | 'table',
  source: Source,
  time: TimeOptions & { readonly schema: TableSchema | undefined },
  signal: AbortSignal,
): Promise<ReadableRelation> {
  const found: SourceDescription = await source
    .describe(signal, { areColumnsKnown: !!time.schema?.columns.length })
    .catch(async (error: unknown) => {
      await source.close?.().catch(() => {});
      throw error;
    });
  const schema = schemaFrom(found.fields, time.schema);
  const eventTime = time.eventTime ?? found.eventTime;
  const key = time.key ?? (schema.key?.length ? schema.key : found.key);
  return {
    relation: toRelation(name, kind, schema, { ...time, eventTime, key }),
    data: { kind: 'connector', source, bounded: found.bounded, changes: found.changes ?? 'append' },
  };
}

/** Rows that were looked at, and what follows them. */
function* resumed(rows: readonly object[], iterator: Iterator<object>): Generator<object> {
  try {
    yield* rows;
    yield* { [Symbol.iterator]: () => iterator };
  } finally {
    iterator.return?.();
  }
}

async function firstPushed(mailbox: Mailbox, signal: AbortSignal): Promise<readonly object[]> {
  for (;;) {
    const first = mailbox.items.find((item) => item.kind !== 'watermark');
    if (first?.kind === 'rows') return first.rows;
    if (first?.kind === 'end') return [];
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      mailbox.onArrival = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

/** Reads one item and gives it back in front of the rest. */
async function peekAsync(
  rows: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<{ first: readonly object[]; all: AsyncIterable<object> }> {
  const iterator = rows[Symbol.asyncIterator]();
  const step = await untilGivenUp(iterator, signal);
  const first: readonly object[] = step.done ? [] : Array.isArray(step.value) ? step.value : [step.value as object];
  async function* all(): AsyncGenerator<object> {
    try {
      if (step.done) return;
      yield step.value as object;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value as object;
    } finally {
      await iterator.return?.();
    }
  }
  return { first, all: all() };
}

/** The first step of a source that may never have one: a run that is given up meanwhile does not wait for it. */
async function untilGivenUp(iterator: AsyncIterator<unknown>, signal: AbortSignal): Promise<IteratorResult<unknown>> {
  signal.throwIfAborted();
  let giveUp = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(signal.reason);
      // A generator that waits hears of it behind its wait; nobody waits with it.
      iterator.return?.().catch(() => {});
    };
  });
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([iterator.next(), givenUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
