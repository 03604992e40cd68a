import type { Diagnostic, TableSchema } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { mendSyntax } from '@velostream/core/sql';
import { nameLikeness } from '../analyse/name-likeness.ts';
import { type ColumnRef, columnFacts } from '../offline/column-facts.ts';

export interface Repair {
  readonly sql: string;
  /** `price → amount`, in the order of the text. */
  readonly changes: readonly string[];
}

/** SQL with names put right that are one typing error off, or that another column of the source can stand in for. */
export function repairSql(
  sql: string,
  diagnostics: readonly Diagnostic[],
  schemas: Readonly<Record<string, TableSchema>>,
): Repair | undefined {
  const changes: string[] = [];
  let out = sql;
  for (const d of diagnostics.toSorted((a, b) => b.start - a.start)) {
    if (d.severity !== 'error') continue;
    const wrong = sql.slice(d.start, d.end);
    const better = /did you mean ["'`]([^"'`]+)["'`]/i.exec(d.hint ?? '')?.[1] ?? standIn(wrong, d, schemas);
    if (better === undefined || better === wrong) continue;
    changes.unshift(`${wrong} → ${better}`);
    out = out.slice(0, d.start) + better + out.slice(d.end);
  }
  return changes.length === 0 ? undefined : { sql: out, changes };
}

/** SQL that is valid with what a person probably meant: first the words and signs that keep it from being read, then its names. */
export async function validRepair(session: Session, sql: string): Promise<Repair | undefined> {
  const mends = mendSyntax(sql);
  for (const { sql: readable, changes } of mends.length > 0 ? mends : [{ sql, changes: [] }]) {
    const checked = await session.validate(readable);
    if (checked.valid && changes.length > 0) return { sql: readable, changes };
    const named = repairSql(readable, checked.diagnostics, session.context.schemas);
    if (named && (await session.validate(named.sql)).valid) return { sql: named.sql, changes: [...changes, ...named.changes] };
  }
  return undefined;
}

const ALIKE = 0.6;

/** The one column in scope that means the same as the missing one: by name, else the only one of the same role. */
function standIn(wrong: string, { code, hint }: Diagnostic, schemas: Readonly<Record<string, TableSchema>>): string | undefined {
  const listed = code === 'VS2004' ? /Columns in scope: ([^.]+)/.exec(hint ?? '')?.[1]?.split(/,\s*/) : undefined;
  if (!listed || !/^\w+$/.test(wrong)) return undefined;
  const typeOf = (name: string): string =>
    Object.values(schemas)
      .flatMap((s) => s.columns)
      .find((c) => c.name === name)?.type ?? 'STRING';
  const scope = listed.map((name) => columnFacts('', { name: name.trim(), type: typeOf(name.trim()) }));
  const named = scope
    .map((c) => ({ c, score: nameLikeness(wrong, c.name) }))
    .filter(({ score }) => score >= ALIKE)
    .toSorted((a, b) => b.score - a.score);
  if (named[0] && named[0].score > (named[1]?.score ?? 0)) return named[0].c.name;
  const missing = columnFacts('', { name: wrong, type: 'FLOAT' });
  const role = (a: ColumnRef): boolean => (missing.isMoney && a.isMoney) || (missing.isQuantity && a.isQuantity);
  const same = scope.filter(role);
  return same.length === 1 ? same[0]?.name : undefined;
}
