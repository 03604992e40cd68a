import type { TableSchema } from '../../protocol/table-schema.ts';
import { parse } from '../../sql/syntax/index.ts';
import { inferFields } from '../../values/infer-type.ts';
import { parseTimestamp } from '../../values/time-text.ts';
import { typeText } from '../../values/type-text.ts';
import { collectEvidence } from '../infer/evidence.ts';

/** What the SQL says of the columns of a source: declared types, and which columns are times. */
export interface SourceHints {
  readonly declared: ReadonlyMap<string, string>;
  readonly times: ReadonlySet<string>;
  readonly isTable: boolean;
}

export function sourceHints(sql: string): (source: string) => SourceHints {
  const { statements } = parse(sql);
  const evidence = collectEvidence(statements);
  return (name) => {
    const source = evidence.sources.get(name);
    const declared = new Map(
      (source?.declared ?? []).map((c) => [
        c.name.text,
        c.type.arguments.length > 0
          ? `${c.type.name}(${c.type.arguments.join(',')})`
          : c.type.elements.length > 0
            ? sql.slice(c.type.span.start, c.type.span.end)
            : c.type.name,
      ]),
    );
    const times = new Set([...(source?.columns.values() ?? [])].filter((c) => c.uses.has('time')).map((c) => c.name));
    return { declared, times, isTable: source?.isTable === true };
  };
}

const isTimeLike = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value instanceof Date ||
  typeof value === 'number' ||
  (typeof value === 'string' && parseTimestamp(value) !== undefined);

/**
 * Schema of rows that a person wrote: declared types first; columns that the SQL uses as times are TIMESTAMP, also as ISO text; the rest as
 * found. The event time is the first time column that the SQL names.
 */
export function describeRows(rows: readonly object[], hints: SourceHints, eventTime?: string): TableSchema {
  const found = inferFields(rows, { scan: 'whole' });
  const columns = found.map((f) => {
    const declared = hints.declared.get(f.name);
    const isTime = hints.times.has(f.name) && rows.every((row) => isTimeLike((row as Record<string, unknown>)[f.name]));
    return { name: f.name, type: declared ?? (isTime ? 'TIMESTAMP' : typeText(f.type)), nullable: f.nullable };
  });
  const more = [...hints.declared]
    .filter(([name]) => !columns.some((c) => c.name === name))
    .map(([name, type]) => ({ name, type, nullable: true }));
  const time = eventTime ?? columns.find((c) => hints.times.has(c.name) && c.type.startsWith('TIMESTAMP'))?.name;
  return {
    columns: [...columns, ...more],
    ...(time === undefined ? {} : { eventTime: time }),
    ...(hints.isTable ? { kind: 'table' as const } : {}),
  };
}
