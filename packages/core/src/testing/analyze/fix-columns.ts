import type { Expression, Select } from '../../sql/ast/index.ts';
import { operandOf } from '../infer/ast-parts.ts';
import { expressionsOf, type FailureContext, inputColumns, itemName, replaced, textOf, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { swapAggregate, swapArguments } from './fix-calls.ts';
import { nameLikeness } from './similarity.ts';

type ColumnRef = Extract<Expression, { kind: 'column' }>;

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

export const bare = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

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
        else if (e.kind === 'call') fixes.push(...swapAggregate(ctx, e, isBlamed, name), ...(isBlamed ? swapArguments(ctx, e) : []));
        else if (e.kind === 'case' && isBlamed) fixes.push(...swapBranches(ctx, e));
        else if (e.kind === 'binary' && isBlamed) fixes.push(...swapArithmetic(ctx, e), ...otherFactor(ctx, e, name));
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

export const isTimeName = (name: string): boolean => /(^|_)(ts|time|timestamp|at)$/i.test(name);

function swapArithmetic(ctx: FailureContext, e: Extract<Expression, { kind: 'binary' }>): Fix[] {
  const signs: Readonly<Record<string, readonly string[]>> = { '+': ['-', '*'], '-': ['+'], '*': ['/', '+'], '/': ['*'] };
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

/** `/ 100` where `/ 1000` was meant: the factor that what is expected and what comes differ by. */
function otherFactor(ctx: FailureContext, e: Extract<Expression, { kind: 'binary' }>, name: string | undefined): Fix[] {
  const literal = [e.right, e.left].find((side) => typeof operandOf(side) === 'number');
  const own = literal ? Number(operandOf(literal)) : 0;
  if (!literal || own === 0 || (e.operator !== '*' && e.operator !== '/')) return [];
  return ctx.failed.flatMap(({ assertion, result }): Fix[] => {
    const [expected, actual] = [Number(assertion['expected']), Number(result.actual)];
    const times = e.operator === '*' ? expected / actual : actual / expected;
    const to = Number((own * times).toPrecision(3));
    if (assertion['field'] !== name || !Number.isFinite(to) || to === own || Math.abs(own * times - to) > Math.abs(to) * 1e-6) return [];
    const text = /[.]/.test(textOf(ctx.sql, literal)) && Number.isInteger(to) ? `${to}.0` : String(to);
    return [
      {
        title: `write ${text} instead of ${textOf(ctx.sql, literal)} in ${textOf(ctx.sql, e)}`,
        kind: 'sql',
        rule: 'wrong-factor',
        because: `what comes is ${Number((actual / expected).toPrecision(3))} times what is expected of "${name}"`,
        rank: 77,
        sql: replaced(ctx.sql, literal, text),
      },
    ];
  });
}

/** `CASE WHEN … THEN 0 ELSE 1 END` the other way round. */
function swapBranches(ctx: FailureContext, e: Extract<Expression, { kind: 'case' }>): Fix[] {
  const [only, ...more] = e.whens;
  if (!only || more.length > 0 || !e.otherwise) return [];
  const [yes, no] = [textOf(ctx.sql, only.result), textOf(ctx.sql, e.otherwise)];
  return [
    {
      title: `THEN ${no} ELSE ${yes}`,
      kind: 'sql',
      rule: 'branches-swapped',
      because: `the two branches of ${textOf(ctx.sql, e)} may stand the wrong way round`,
      rank: 56,
      sql: replaced(replaced(ctx.sql, e.otherwise, yes), only.result, no),
    },
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
