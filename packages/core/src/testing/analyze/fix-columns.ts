import type { Expression, Select } from '../../sql/ast/index.ts';
import { expressionsOf, type FailureContext, inputColumns, itemName, replaced, textOf, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { mostAlike, nameLikeness } from './similarity.ts';

type Call = Extract<Expression, { kind: 'call' }>;
type ColumnRef = Extract<Expression, { kind: 'column' }>;

const AGGREGATES = ['SUM', 'AVG', 'COUNT', 'MIN', 'MAX'];

/** Fields that the failed assertions are about. */
export function blamedFields(ctx: FailureContext): Set<string> {
  const found = new Set<string>();
  for (const { assertion, result } of ctx.failed) {
    for (const key of ['field', 'key_field', 'timestamp_field']) if (typeof assertion[key] === 'string') found.add(bare(assertion[key]));
    for (const key of ['fields', 'key_fields'])
      for (const f of Array.isArray(assertion[key]) ? (assertion[key] as readonly unknown[]) : []) found.add(bare(String(f)));
    const inside = /\(\s*(?:distinct\s+)?([\w.]+)\s*\)/i.exec(String(assertion['expression'] ?? ''))?.[1];
    if (inside !== undefined) found.add(bare(inside));
    for (const cell of Array.isArray(result.details?.['cells']) ? (result.details['cells'] as readonly { column: string }[]) : [])
      found.add(cell.column);
    if (assertion.type === 'template')
      for (const c of ctx.report.output.columns) if (String(assertion['expression'] ?? '').includes(c.name)) found.add(c.name);
  }
  return found;
}

const bare = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** A column that was meant to be another one, an aggregate that was meant to be another one. */
export function fixColumns(ctx: FailureContext): Fix[] {
  const blamed = blamedFields(ctx);
  const known = inputColumns(ctx);
  const fixes: Fix[] = [];
  for (const select of ctx.selects) {
    for (const item of select.items) {
      if (item.kind !== 'expression') continue;
      const name = itemName(item);
      const isBlamed = name !== undefined && blamed.has(name);
      walk(item.expression, (e) => {
        if (e.kind === 'column') fixes.push(...swapColumn(ctx, e, known, isBlamed, name));
        else if (e.kind === 'call') fixes.push(...swapAggregate(ctx, e, isBlamed, name));
        else if (e.kind === 'binary' && isBlamed) fixes.push(...swapArithmetic(ctx, e));
      });
    }
    for (const { clause, expression } of expressionsOf(select))
      if (clause === 'where' || clause === 'having')
        walk(expression, (e) => e.kind === 'column' && fixes.push(...swapColumn(ctx, e, known, false, undefined)));
    fixes.push(...swapGroup(ctx, select, known));
  }
  return fixes;
}

function swapColumn(
  ctx: FailureContext,
  e: ColumnRef,
  known: ReturnType<typeof inputColumns>,
  isBlamed: boolean,
  alias: string | undefined,
): Fix[] {
  const last = e.path.at(-1);
  if (!last) return [];
  const own = known.find((k) => k.name === last.text);
  const allNull = own?.kind === 'none';
  const others = known.filter(
    (k) =>
      !isTimeName(k.name) &&
      k.name !== last.text &&
      (own === undefined || allNull || k.kind === own.kind) &&
      (own === undefined || k.source === own.source || allNull),
  );
  return others
    .map((k) => ({ k, likeness: Math.max(nameLikeness(last.text, k.name), alias === undefined ? 0 : nameLikeness(alias, k.name)) }))
    .filter(({ likeness, k }) => likeness >= 0.3 || (isBlamed && k.kind === 'number'))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 4)
    .map(({ k, likeness }, i) => ({
      title: `use ${k.name} instead of ${last.text}`,
      kind: 'sql',
      rule: 'wrong-column',
      because: allNull
        ? `${last.text} never has a value, ${k.name} does`
        : `${k.name} is of the same kind${alias === undefined ? '' : ` and fits "${alias}"`}`,
      rank: (allNull ? 90 : isBlamed && likeness >= 0.3 ? 62 : 22) + likeness * 10 - i,
      sql: replaced(ctx.sql, last, k.name),
    }));
}

const isTimeName = (name: string): boolean => /(^|_)(ts|time|timestamp|at)$/i.test(name);

/** `SUM(x) AS avg_x` says itself what it should be. */
function swapAggregate(ctx: FailureContext, e: Call, isBlamed: boolean, alias: string | undefined): Fix[] {
  const name = e.name.text.toUpperCase();
  if (!AGGREGATES.includes(name)) return [];
  return AGGREGATES.filter((other) => other !== name && !(e.star && other !== 'COUNT')).flatMap((other): Fix[] => {
    const isNamed =
      alias?.toUpperCase().includes(other === 'SUM' ? 'TOTAL' : other) === true || alias?.toUpperCase().includes(other) === true;
    // A count is no other kind of average: only a name says that it was meant.
    if (!isNamed && (other === 'COUNT' || name === 'COUNT')) return [];
    return [
      {
        title: `use ${other} instead of ${name}${alias === undefined ? '' : ` for ${alias}`}`,
        kind: 'sql',
        rule: 'wrong-aggregate',
        because: isNamed ? `"${alias}" says ${other}` : `${name} gives other values than expected`,
        rank: isNamed ? 88 : isBlamed ? 50 : 12,
        sql: replaced(ctx.sql, e.name, other),
      },
    ];
  });
}

function swapArithmetic(ctx: FailureContext, e: Extract<Expression, { kind: 'binary' }>): Fix[] {
  const signs: Readonly<Record<string, readonly string[]>> = { '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'] };
  const between = ctx.sql.slice(e.left.span.end, e.right.span.start);
  const swapped = (signs[e.operator] ?? []).map(
    (op): Fix => ({
      title: `use ${op} in ${textOf(ctx.sql, e)}`,
      kind: 'sql',
      rule: 'arithmetic-sign',
      because: 'the values are on the wrong side of what is expected',
      rank: 48,
      sql: ctx.sql.slice(0, e.left.span.end) + between.replace(/[-+*/]/, op) + ctx.sql.slice(e.right.span.start),
    }),
  );
  if (e.operator !== '-' && e.operator !== '/') return swapped;
  const turned = `${textOf(ctx.sql, e.right)} ${e.operator} ${textOf(ctx.sql, e.left)}`;
  return [
    {
      title: `turn ${textOf(ctx.sql, e)} round`,
      kind: 'sql',
      rule: 'operands-swapped',
      because: 'the operands stand the other way round',
      rank: 58,
      sql: replaced(ctx.sql, e, turned),
    },
    ...swapped,
  ];
}

/** Group by another column, and select it. */
function swapGroup(ctx: FailureContext, select: Select, known: ReturnType<typeof inputColumns>): Fix[] {
  return select.groupBy.flatMap((e) => {
    const last = e.kind === 'column' ? e.path.at(-1) : undefined;
    if (!last) return [];
    const own = known.find((k) => k.name === last.text);
    return known
      .filter((k) => k.source === own?.source && k.kind === own.kind && k.name !== last.text)
      .slice(0, 3)
      .map((k) => ({
        title: `group by ${k.name} instead of ${last.text}`,
        kind: 'sql' as const,
        rule: 'wrong-group',
        because: `the groups are those of ${last.text}`,
        rank: 18,
        sql: ctx.sql.replace(new RegExp(`\\b${last.text}\\b`, 'g'), k.name),
      }));
  });
}

/** Columns that an assertion asks for and the output lacks: another name, no name, not selected. */
export function fixMissingColumns(ctx: FailureContext): Fix[] {
  const select = ctx.selects.at(-1);
  if (!select) return [];
  const have = ctx.report.output.columns.map((c) => c.name);
  const wanted = wantedColumns(ctx).filter((w) => !have.includes(w));
  return wanted.flatMap((name) => [...nameItem(ctx, select, name), ...addColumn(ctx, select, name), ...renameInAssertion(ctx, name, have)]);
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
function nameItem(ctx: FailureContext, select: Select, name: string): Fix[] {
  return select.items.flatMap((item, i): Fix[] => {
    if (item.kind !== 'expression') return [];
    const own = itemName(item);
    const e = item.expression;
    const call = e.kind === 'call' ? `${e.name.text} ${e.arguments.map((a) => textOf(ctx.sql, a)).join(' ')}` : textOf(ctx.sql, e);
    const likeness = own === undefined ? nameLikeness(name, call.replace(/[^\w]+/g, '_')) : nameLikeness(name, own);
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
