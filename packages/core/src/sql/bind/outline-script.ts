import { type Diagnostic, toDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { ColumnSchema } from '../../protocol/table-schema.ts';
import { columnSchema } from '../catalog/column-schema.ts';
import { parse, type SqlAnnotations } from '../syntax/index.ts';
import { bindScript } from './bind-script.ts';
import type { BoundFrom, BoundQuery, BoundSelect, BoundStatement } from './bound.ts';
import type { Expr } from './expression.ts';
import type { ValidateOptions } from './validate.ts';
import { provideWholeLanguage } from './whole-language.ts';

/** The outside of one statement: what it reads and writes, how it groups, what comes out. */
export interface StatementOutline {
  /** 0-based index in the text. */
  readonly index: number;
  readonly kind: BoundStatement['kind'] | 'invalid';
  /** From `@name` or the relation it makes. */
  readonly name?: string;
  /** Relations it reads: names or URIs, sorted. */
  readonly reads: readonly string[];
  /** INTO and INSERT targets, names or URIs. */
  readonly writes: readonly string[];
  /** Stream or table that it creates. */
  readonly makes?: string;
  readonly columns: readonly (ColumnSchema & { readonly isGroupKey: boolean })[];
  readonly hasGroupBy: boolean;
  readonly window?: { readonly kind: 'tumbling' | 'sliding' | 'session'; readonly sizeMs: number; readonly advanceMs?: number };
  /** Aggregate function names of the SELECT list, upper case. */
  readonly aggregations: readonly string[];
  readonly joins: number;
  /** Its WHERE as it was written, in one line. */
  readonly where?: string;
  readonly emit?: 'changes' | 'final';
  readonly ordered: boolean;
  readonly limit?: number;
}

export interface ScriptOutline {
  readonly statements: readonly StatementOutline[];
  readonly annotations: SqlAnnotations;
  /** Of syntax and binding; `validate` says more. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the statements of a text are, seen from outside. Never throws on what a user wrote; a statement that does not bind
 * has the kind `invalid` and only its names.
 *
 * @example outlineScript('SELECT symbol, SUM(qty) AS v FROM trades GROUP BY symbol').statements[0].aggregations // ['SUM']
 */
export function outlineScript(sql: string, options: ValidateOptions = {}): ScriptOutline {
  const { catalog = null, mode = 'lenient', compat = 'standard', purpose = 'query' } = options;
  provideWholeLanguage();
  const parsed = parse(sql, { mode, compat });
  const script = bindScript(parsed.statements, { sql, catalog, mode, compat, purpose });
  const statements = parsed.statements.map((statement, index): StatementOutline => {
    const names = script.dependencies[index] ?? { reads: [], makes: null, writes: [] };
    const name = parsed.info[index]?.name;
    const bound = script.bound[index] ?? null;
    const output = bound !== null && 'query' in bound ? outlineQuery(bound.query) : NOTHING;
    const where = 'query' in statement && statement.query?.kind === 'select' ? statement.query.where : null;
    return {
      index,
      kind: bound?.kind ?? 'invalid',
      ...(name === undefined ? {} : { name }),
      reads: names.reads,
      writes: names.writes,
      ...(names.makes === null || !('query' in statement && statement.query) ? {} : { makes: names.makes }),
      ...output,
      ...(where ? { where: sql.slice(where.span.start, where.span.end).replace(/\s+/g, ' ') } : {}),
    };
  });
  const found = script.problems.flatMap((p) => toDiagnostics(sql, [p], p.statement));
  return { statements, annotations: parsed.annotations, diagnostics: [...parsed.diagnostics, ...found] };
}

type QueryOutline = Omit<StatementOutline, 'index' | 'kind' | 'name' | 'reads' | 'writes' | 'makes'>;
const NOTHING: QueryOutline = { columns: [], hasGroupBy: false, aggregations: [], joins: 0, ordered: false };

function outlineQuery(query: BoundQuery): QueryOutline {
  if (query.kind === 'values') return { ...NOTHING, columns: query.fields.map((f) => ({ ...columnSchema(f), isGroupKey: false })) };
  const first = query.kind === 'union' ? firstSelect(query) : query;
  const inner = first ? outlineSelect(first) : NOTHING;
  return {
    ...inner,
    columns: query.fields.map((f, i) => ({ ...columnSchema(f), isGroupKey: inner.columns[i]?.isGroupKey ?? false })),
    ordered: query.orderBy.length > 0,
    ...(query.emit === null ? {} : { emit: query.emit }),
    ...(query.limit === null ? {} : { limit: query.limit.count }),
  };
}

function firstSelect(query: BoundQuery): BoundSelect | undefined {
  if (query.kind === 'select') return query;
  return query.kind === 'union' ? query.arms.map(firstSelect).find((s) => s !== undefined) : undefined;
}

function outlineSelect(select: BoundSelect): QueryOutline {
  const { group } = select;
  const window = group?.window ?? null;
  const keyCount = group?.keys.length ?? 0;
  const boundsEnd = keyCount + (window ? 2 : 0);
  const isKey = (expr: Expr): boolean => group !== null && !group.rows && plainColumn(expr) < boundsEnd;
  return {
    columns: select.fields.map((f, i) => ({ ...columnSchema(f), isGroupKey: isKey(select.items[i]?.expr as Expr) })),
    hasGroupBy: keyCount > 0,
    ...(window ? { window: windowOf(window) } : {}),
    aggregations: (group?.aggregates ?? []).filter((a) => a.fn.name !== 'first_arrived').map((a) => a.fn.name.toUpperCase()),
    joins: joinsIn(select.from),
    ordered: select.orderBy.length > 0,
  };
}

/** Index of the column that an item passes on (through casts); beyond every column for anything computed. */
const plainColumn = (expr: Expr): number =>
  expr.kind === 'column' ? expr.index : expr.kind === 'cast' ? plainColumn(expr.arg) : Number.POSITIVE_INFINITY;

function windowOf(w: NonNullable<NonNullable<BoundSelect['group']>['window']>): NonNullable<StatementOutline['window']> {
  if (w.kind === 'session') return { kind: 'session', sizeMs: w.gapMs };
  return w.kind === 'sliding' ? { kind: 'sliding', sizeMs: w.sizeMs, advanceMs: w.advanceMs } : { kind: 'tumbling', sizeMs: w.sizeMs };
}

function joinsIn(from: BoundFrom | null): number {
  if (from === null || from.kind === 'relation') return 0;
  if (from.kind === 'derived') return from.query.kind === 'select' ? joinsIn(from.query.from) : 0;
  return 1 + joinsIn(from.left) + joinsIn(from.right);
}
