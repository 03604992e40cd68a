import type { Expression } from '../../sql/ast/index.ts';
import { type FailureContext, inputColumns, replaced, textOf } from './context.ts';
import type { Fix } from './fix.ts';

type Call = Extract<Expression, { kind: 'call' }>;

const AGGREGATES = ['SUM', 'AVG', 'COUNT', 'MIN', 'MAX'];
/** Columns whose different values are counted in place of rows, at most. */
const DISTINCT_MAX = 4;

/** `SUM(x) AS avg_x` says itself what it should be. */
export function swapAggregate(ctx: FailureContext, e: Call, isBlamed: boolean, alias: string | undefined): Fix[] {
  const name = e.name.text.toUpperCase();
  if (!AGGREGATES.includes(name)) return [];
  const others = AGGREGATES.filter((other) => other !== name && !(e.star && other !== 'COUNT')).flatMap((other): Fix[] => {
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
  return [...others, ...(isBlamed && name === 'COUNT' ? countOtherwise(ctx, e) : [])];
}

/** Rows where different values were meant, and the other way round. */
function countOtherwise(ctx: FailureContext, e: Call): Fix[] {
  const only = e.arguments[0] ? textOf(ctx.sql, e.arguments[0]) : undefined;
  const columns = inputColumns(ctx).flatMap((c) => (c.kind === 'text' ? [c.name] : []));
  const forms = e.distinct
    ? [`COUNT(${only})`, 'COUNT(*)']
    : only === undefined
      ? [...new Set(columns)].slice(0, DISTINCT_MAX).map((name) => `COUNT(DISTINCT ${name})`)
      : [`COUNT(DISTINCT ${only})`, 'COUNT(*)'];
  return forms.map((form, i) => ({
    title: `write ${form} instead of ${textOf(ctx.sql, e)}`,
    kind: 'sql',
    rule: 'count-distinct',
    because: 'rows, values and different values are not the same number',
    rank: 54 - i,
    sql: replaced(ctx.sql, e, form),
  }));
}

/** Two columns that are given to a function in the wrong order. */
export function swapArguments(ctx: FailureContext, e: Call): Fix[] {
  return e.arguments.flatMap((left, i): Fix[] => {
    const right = e.arguments[i + 1];
    if (left.kind !== 'column' || right?.kind !== 'column') return [];
    const [a, b] = [textOf(ctx.sql, left), textOf(ctx.sql, right)];
    return [
      {
        title: `swap ${a} and ${b} in ${e.name.text.toUpperCase()}`,
        kind: 'sql',
        rule: 'arguments-swapped',
        because: `the result of ${textOf(ctx.sql, e)} is the other way round`,
        rank: 57,
        sql: replaced(replaced(ctx.sql, right, a), left, b),
      },
    ];
  });
}
