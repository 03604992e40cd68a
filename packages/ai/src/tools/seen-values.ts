import type { Row, TableSchema } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { columnFacts } from '../offline/column-facts.ts';
import type { ToolContext } from './tool.ts';

const ROWS = 100;
const SOURCES_MAX = 8;
const WAIT_MS = 1_000;
/** More different values than that are no names of kinds. */
const KINDS_MAX = 20;
/** Each value is there again: four rows for one. */
const REPEATED = 4;
/** Looked at again after that: other kinds may have come. */
const KEPT_MS = 5 * 60_000;

type Values = ReadonlyMap<string, readonly string[]>;

interface Seen {
  readonly at: number;
  readonly values: Promise<Values>;
}

/** By session, then by source: at most eight of each, gone with the session. */
const kept = new WeakMap<Session, Map<string, Seen>>();

/** Schemas with the values of columns that tell kinds apart, as a few rows of each source show them: `buy` and `sell`, `paid` and `refunded`. */
export async function withSeenValues(
  context: ToolContext,
  schemas: Readonly<Record<string, TableSchema>>,
): Promise<Readonly<Record<string, TableSchema>>> {
  const { studio, session } = context;
  const sources = await studio.sources.list({ sessionId: session.id }).catch(() => []);
  const wanted = sources.filter(({ name, isTest }) => name in schemas && !isTest).slice(0, SOURCES_MAX);
  const all = kept.get(session) ?? new Map<string, Seen>();
  kept.set(session, all);
  const now = context.now();
  const entries = wanted.map(async ({ id, name }) => {
    const schema = schemas[name] as TableSchema; // it was asked for above
    const before = all.get(id);
    const seen = before && now - before.at < KEPT_MS ? before : { at: now, values: valuesIn(context, id, schema) };
    all.set(id, seen);
    return [name, withValues(schema, await seen.values)] as const;
  });
  return { ...schemas, ...Object.fromEntries(await Promise.all(entries)) };
}

async function valuesIn({ studio, session, signal }: ToolContext, id: string, { columns }: TableSchema): Promise<Values> {
  const request = { sessionId: session.id, limit: ROWS, timeoutMs: WAIT_MS, ...(signal ? { signal } : {}) };
  const peek = await studio.sources.peek(id, request).catch(() => undefined);
  const kinds = columns.flatMap((column) => {
    const { kind, isId } = columnFacts('', column);
    const isHidden = column.values !== undefined || peek?.masked.includes(column.name);
    const values = kind !== 'text' || isId || isHidden ? [] : kindsOf(peek?.rows ?? [], column.name);
    return values.length === 0 ? [] : [[column.name, values] as const];
  });
  return new Map(kinds);
}

function kindsOf(rows: readonly Row[], column: string): readonly string[] {
  const texts = rows.flatMap((row) => (typeof row[column] === 'string' ? [row[column] as string] : []));
  const values = [...new Set(texts)];
  return values.length > KINDS_MAX || texts.length < values.length * REPEATED ? [] : values;
}

const withValues = (schema: TableSchema, seen: Values): TableSchema => ({
  ...schema,
  columns: schema.columns.map((column) => {
    const values = column.values ?? seen.get(column.name);
    return values === undefined ? column : { ...column, values };
  }),
});
