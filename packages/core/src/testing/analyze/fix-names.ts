import type { Select } from '../../sql/ast/index.ts';
import { type FailureContext, inputColumns, itemName, replaced, textOf } from './context.ts';
import type { Fix } from './fix.ts';
import { bare, blamedFields } from './fix-columns.ts';
import { mostAlike, nameLikeness } from './similarity.ts';

/** Columns that an assertion asks for and the output lacks: another name, no name, not selected. */
export function fixMissingColumns(ctx: FailureContext): Fix[] {
  const select = ctx.selects.at(-1);
  if (!select) return [];
  const have = ctx.report.output.columns.map((c) => c.name);
  const wanted = wantedColumns(ctx).filter((w) => !have.includes(w));
  // Where the assertions leave one column of the output without a word, it may be the one that they miss.
  const unnamed = have.filter((name) => !JSON.stringify(ctx.assertions).includes(`"${name}"`));
  const left = wanted.length === 1 && unnamed.length === 1 ? unnamed[0] : undefined;
  return wanted.flatMap((name) => [
    ...nameItem(ctx, select, name, left),
    ...addColumn(ctx, select, name),
    ...makeFigure(ctx, select, name),
    ...renameInAssertion(ctx, name, have),
  ]);
}

function wantedColumns(ctx: FailureContext): string[] {
  const missing = ctx.failed.flatMap(({ result }) =>
    Array.isArray(result.details?.['missing'])
      ? (result.details['missing'] as readonly unknown[]).filter((m): m is string => typeof m === 'string')
      : [],
  );
  return [...new Set([...missing.map(bare), ...blamedFields(ctx)])];
}

/** `COUNT(*)` without a name, or a name that is nearly right. */
function nameItem(ctx: FailureContext, select: Select, name: string, left: string | undefined): Fix[] {
  return select.items.flatMap((item, i): Fix[] => {
    if (item.kind !== 'expression') return [];
    const own = itemName(item);
    const e = item.expression;
    const call = e.kind === 'call' ? `${e.name.text} ${e.arguments.map((a) => textOf(ctx.sql, a)).join(' ')}` : textOf(ctx.sql, e);
    const likeness = own === undefined ? nameLikeness(name, call.replace(/[^\w]+/g, '_')) : own === left ? 0.9 : nameLikeness(name, own);
    if (own !== undefined && item.alias === undefined && likeness < 0.5) return [];
    const rank = (own === undefined ? 80 : 70) + likeness * 15 - i * 0.1;
    const sql = item.alias ? replaced(ctx.sql, item.alias, name) : `${ctx.sql.slice(0, e.span.end)} AS ${name}${ctx.sql.slice(e.span.end)}`;
    if (own !== undefined && likeness < 0.35) return [];
    return [
      {
        title: `name ${textOf(ctx.sql, e)} "${name}"`,
        kind: 'sql',
        rule: 'missing-alias',
        because: own === undefined ? `${textOf(ctx.sql, e)} has no name of its own` : `the output calls it "${own}"`,
        rank,
        sql,
      },
    ];
  });
}

function addColumn(ctx: FailureContext, select: Select, name: string): Fix[] {
  const known = inputColumns(ctx);
  const last = select.items.at(-1);
  if (!last) return [];
  const exact = known.find((k) => k.name === name);
  const source = exact ?? known.find((k) => nameLikeness(k.name, name) >= 0.6);
  if (!source) return [];
  const text = exact ? name : `${source.name} AS ${name}`;
  const added = `${ctx.sql.slice(0, last.span.end)}, ${text}${ctx.sql.slice(last.span.end)}`;
  const shift = text.length + 2;
  const group = select.groupBy.at(-1);
  const sql = group ? `${added.slice(0, group.span.end + shift)}, ${source.name}${added.slice(group.span.end + shift)}` : added;
  return [
    {
      title: `select ${name}`,
      kind: 'sql',
      rule: 'column-not-selected',
      because: `"${source.source}" has ${source.name}, but the query does not select it`,
      rank: exact ? 92 : 66,
      sql,
    },
  ];
}

/** What names of figures begin or end with, and the aggregate that makes such a figure. */
const FIGURES: readonly (readonly [pattern: RegExp, aggregate: string])[] = [
  [/(?:^|_)(?:avg|average|mean)(?:_|$)/i, 'AVG'],
  [/(?:^|_)(?:sum|total)(?:_|$)/i, 'SUM'],
  [/(?:^|_)(?:max|maximum|highest|largest|longest|peak|most|last|latest)(?:_|$)/i, 'MAX'],
  [/(?:^|_)(?:min|minimum|lowest|smallest|shortest|least|first|earliest)(?:_|$)/i, 'MIN'],
];

/** A figure that is not made, by what its name says; a count where it says nothing of a column. */
function makeFigure(ctx: FailureContext, select: Select, name: string): Fix[] {
  const last = select.items.at(-1);
  const isFigures = select.groupBy.length > 0 || select.window !== undefined;
  const alike = mostAlike(
    name,
    ctx.report.output.columns.map((c) => c.name),
    0.6,
  );
  if (!last || !isFigures || alike.length > 0 || inputColumns(ctx).some((c) => c.name === name)) return [];
  const [pattern, aggregate] = FIGURES.find(([p]) => p.test(name)) ?? [];
  const columns = inputColumns(ctx).flatMap((c) => (c.kind === 'number' || c.kind === 'time' ? [c.name] : []));
  const of = pattern === undefined ? [] : mostAlike(name.replace(pattern, ''), columns, 0.5).slice(0, 2);
  // `orders`, `line_count`: numbers of rows.
  const isCount = /s$|(?:^|_)(?:count|number|num|n)(?:_|$)/i.test(name);
  const made = aggregate === undefined ? (isCount ? ['COUNT(*)'] : []) : of.map((column) => `${aggregate}(${column})`);
  return made.map((figure, i) => ({
    title: `select ${figure} AS ${name}`,
    kind: 'sql',
    rule: 'figure-not-made',
    because: `the test asks for "${name}", which the query does not make`,
    rank: 72 - i,
    sql: `${ctx.sql.slice(0, last.span.end)}, ${figure} AS ${name}${ctx.sql.slice(last.span.end)}`,
  }));
}

function renameInAssertion(ctx: FailureContext, name: string, have: readonly string[]): Fix[] {
  return mostAlike(name, have, 0.5)
    .slice(0, 1)
    .map((other) => ({
      title: `ask for "${other}" instead of "${name}" in the assertion`,
      kind: 'assertion' as const,
      rule: 'assertion-column',
      because: `the output has "${other}"`,
      rank: 30,
      assertions: ctx.assertions.map((a) => JSON.parse(JSON.stringify(a).replaceAll(`"${name}"`, `"${other}"`)) as typeof a),
    }));
}
