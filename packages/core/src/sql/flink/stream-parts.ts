import type { ScriptResult } from '../bind/bind-script.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { PrintedQuery } from './query/printed-query.ts';
import { TIME } from './query/query-words.ts';
import { flinkType, quoteName } from './quote.ts';

/** What one statement gives to a stream: a view in the session, and the columns of the stream that its columns are. */
export interface StreamPart {
  readonly view: string;
  readonly query: PrintedQuery;
  readonly columns: readonly string[];
  readonly isRefused: boolean;
}

/**
 * Streams that several statements fill, or one that is no CREATE, with the number of those statements. On Flink such a stream is a view over
 * all that they give. Declared relations and those that come from outside are tables, and no such streams.
 */
export function filledStreams({ bound, dependencies, order }: ScriptResult, outside: Catalog | undefined): ReadonlyMap<string, number> {
  const filled = new Map<string, number>();
  const created = new Map<string, boolean>();
  const read = new Set(dependencies.flatMap((each) => each.reads));
  for (const at of order) {
    const statement = bound[at];
    if (statement?.kind === 'create' || statement?.kind === 'declare') created.set(statement.name, statement.kind === 'create');
  }
  for (const at of order) {
    const { makes = null, writes = [] } = dependencies[at] ?? {};
    for (const name of new Set([...(makes === null ? [] : [makes]), ...writes])) filled.set(name, (filled.get(name) ?? 0) + 1);
  }
  const isStream = (name: string, count: number): boolean => {
    if (created.has(name)) return created.get(name) === true && count > 1;
    const known = outside?.find(name);
    return read.has(name) && (known === undefined || known.origin === 'assumed');
  };
  return new Map([...filled].filter(([name, count]) => isStream(name, count)));
}

/** All parts of a stream as one query; a column that a part does not fill is NULL. */
export function unionOf(
  fields: readonly { readonly name: string; readonly type: Parameters<typeof flinkType>[0] }[],
  parts: readonly StreamPart[],
): PrintedQuery {
  const shift = parts[0]?.query.time?.shiftMs;
  const isTimed = shift !== undefined && parts.every((part) => part.query.time?.shiftMs === shift);
  const arms = parts.map((part) => {
    const items = fields.map(({ name, type }) => {
      const typed = flinkType(type) ?? 'STRING';
      const at = part.columns.indexOf(name);
      const own = at < 0 ? undefined : part.query.columns[at];
      return own === undefined
        ? `CAST(NULL AS ${typed}) AS ${quoteName(name)}`
        : `CAST(${quoteName(own)} AS ${typed}) AS ${quoteName(name)}`;
    });
    if (isTimed) items.push(quoteName(TIME));
    return `SELECT ${items.join(', ')} FROM ${quoteName(part.view)}`;
  });
  const [only] = parts;
  return {
    sql: arms.join('\nUNION ALL\n'),
    columns: fields.map((field) => field.name),
    time: isTimed ? { name: TIME, shiftMs: shift } : null,
    timeColumn: null,
    updates: parts.some((part) => part.query.updates),
    key: parts.length === 1 && only !== undefined ? only.query.key : null,
  };
}
