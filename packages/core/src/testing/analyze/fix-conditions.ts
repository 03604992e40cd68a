import type { Value } from '../../protocol/query.ts';
import type { Expression } from '../../sql/ast/index.ts';
import { numberOf } from '../assert/operators.ts';
import { percentileOf } from '../assert/statistic-checks.ts';
import { operandOf } from '../infer/ast-parts.ts';
import { expressionsOf, type FailureContext, inputValues, replaced, textOf, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { blamedFields } from './fix-columns.ts';
import { mostAlike } from './similarity.ts';

type Binary = Extract<Expression, { kind: 'binary' }>;

const FLIPS: Readonly<Record<string, readonly string[]>> = {
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '=': ['!='],
  '!=': ['='],
};

/** A column with at most so many different values has a fix for each of them. */
const FEW_VALUES = 6;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const lastName = (e: Expression): string | undefined => (e.kind === 'column' ? e.path.at(-1)?.text : undefined);

/** Conditions that let too little or too much through: words that the data spells otherwise, thresholds beyond it, signs turned round. */
export function fixConditions(ctx: FailureContext): Fix[] {
  const fixes: Fix[] = [];
  for (const select of ctx.selects)
    for (const { clause, expression } of expressionsOf(select)) {
      if (clause === 'group') continue;
      walk(expression, (e) => {
        if (e.kind === 'binary') fixes.push(...fixComparison(ctx, e, clause));
        else if (e.kind === 'in') fixes.push(...e.list.flatMap((item) => fixWord(ctx, e.operand, item)), ...fixList(ctx, e));
        else if (e.kind === 'like') fixes.push(...fixLike(ctx, e));
        else if (e.kind === 'between') fixes.push(...fixBounds(ctx, e));
        else if (e.kind === 'is' && (clause === 'where' || clause === 'having')) fixes.push(fixNegation(ctx, e));
      });
      if (clause === 'where' || clause === 'having') fixes.push(...dropTerms(ctx, expression, clause));
    }
  return fixes;
}

function fixComparison(ctx: FailureContext, e: Binary, clause: string): Fix[] {
  const flips = FLIPS[e.operator];
  if (!flips) return [];
  const literalRight = operandOf(e.right) !== undefined;
  const literal = literalRight ? e.right : operandOf(e.left) !== undefined ? e.left : undefined;
  const other = literalRight ? e.left : e.right;
  const own = literal === undefined ? [] : [...fixWord(ctx, other, literal), ...fixThreshold(ctx, e, other, literal, clause)];
  const word = literal === undefined ? undefined : operandOf(literal);
  if (typeof word === 'string' && word.includes('%') && /^(?:!?=|<>)$/.test(e.operator)) own.push(likeFix(ctx, e, other, word));
  if (clause === 'on' || clause === 'item') return own;
  const between = ctx.sql.slice(e.left.span.end, e.right.span.start);
  const name = lastName(other);
  const isBlamed = name !== undefined && blamedFields(ctx).has(name);
  const flipped = flips.map((op, i): Fix => {
    const sql = ctx.sql.slice(0, e.left.span.end) + between.replace(/(<=|>=|!=|<>|=|<|>)/, op) + ctx.sql.slice(e.right.span.start);
    return {
      title: `use ${op} in ${textOf(ctx.sql, e)}`,
      kind: 'sql',
      rule: 'comparison-sign',
      because: `the limit itself, or the other side of it, may be meant`,
      rank: (isBlamed ? 79 : 40) - i * (isBlamed ? 1 : 12),
      sql,
    };
  });
  return [...own, ...flipped];
}

/** `= 'a%'` asks for the percent sign itself. */
function likeFix(ctx: FailureContext, e: Binary, side: Expression, pattern: string): Fix {
  const test = `${textOf(ctx.sql, side)} ${e.operator === '=' ? '' : 'NOT '}LIKE ${quoted(pattern)}`;
  return {
    title: `write ${test}`,
    kind: 'sql',
    rule: 'equals-pattern',
    because: `"${e.operator}" takes % for a letter like any other`,
    rank: 97,
    sql: replaced(ctx.sql, e, test),
  };
}

/** A word that no row has, though one like it: `'PAID'` for `paid`. */
function fixWord(ctx: FailureContext, column: Expression, literal: Expression): Fix[] {
  const name = lastName(column);
  const operand = operandOf(literal);
  if (name === undefined || operand === undefined) return [];
  const word = String(operand);
  const values = [...new Set(inputValues(ctx, name).filter((v): v is string => typeof v === 'string'))];
  if (values.length === 0 || values.includes(word)) return [];
  const alike = (values.length <= 50 ? mostAlike(word.trim(), values, 0.34) : mostAlike(word.trim(), values, 0.6)).slice(0, 3);
  // Of few values, each may be meant.
  const others = values.length <= FEW_VALUES ? values.filter((v) => !alike.includes(v)) : [];
  const shown = textOf(ctx.sql, literal);
  return [...alike, ...others].map((value, i) => ({
    title: `write ${quoted(value)} instead of ${shown}`,
    kind: 'sql',
    rule: 'filter-word',
    because: `no row has ${name} = ${shown}; there are ${values.slice(0, 5).map(quoted).join(', ')}`,
    rank: i < alike.length ? 95 - i * 5 : 65 - i,
    sql: replaced(ctx.sql, literal, quoted(value)),
  }));
}

/** A list of which the data spells every word otherwise. */
function fixList(ctx: FailureContext, e: Extract<Expression, { kind: 'in' }>): Fix[] {
  const each = e.list.map((item) => ({ item, fix: fixWord(ctx, e.operand, item)[0] }));
  const wrong = each.filter(({ fix }) => fix !== undefined && fix.rank > 80);
  if (wrong.length < 2) return [];
  const words = wrong.map(({ item, fix }) => ({
    item,
    word: /write ('.*') instead of/.exec(fix?.title ?? '')?.[1] ?? textOf(ctx.sql, item),
  }));
  return [
    {
      title: `write ${words.map(({ word }) => word).join(', ')} instead of ${words.map(({ item }) => textOf(ctx.sql, item)).join(', ')}`,
      kind: 'sql',
      rule: 'filter-word',
      because: wrong[0]?.fix?.because ?? '',
      rank: 96,
      sql: words.toReversed().reduce((sql, { item, word }) => replaced(sql, item, word), ctx.sql),
    },
  ];
}

/** `BETWEEN 10 AND 1` holds for nothing. */
function fixBounds(ctx: FailureContext, e: Extract<Expression, { kind: 'between' }>): Fix[] {
  const [low, high] = [operandOf(e.low), operandOf(e.high)];
  if (low === undefined || high === undefined || low <= high) return [];
  const [a, b] = [textOf(ctx.sql, e.low), textOf(ctx.sql, e.high)];
  return [
    {
      title: `BETWEEN ${b} AND ${a}`,
      kind: 'sql',
      rule: 'bounds-swapped',
      because: `no value lies between ${a} and ${b}: the lower bound stands first`,
      rank: 93,
      sql: replaced(replaced(ctx.sql, e.high, a), e.low, b),
    },
  ];
}

/** A limit that no value of the data, or every one, is beyond. */
function fixThreshold(ctx: FailureContext, e: Binary, side: Expression, literal: Expression, clause: string): Fix[] {
  const limit = operandOf(literal);
  if (typeof limit !== 'number') return [];
  const name = lastName(side);
  const numbers = (name === undefined ? [] : inputValues(ctx, name)).flatMap((v: Value) => numberOf(v) ?? []).sort((a, b) => a - b);
  const fix = (to: number, rank: number, because: string): Fix => ({
    title: `use ${to} as the limit in ${textOf(ctx.sql, e)}`,
    kind: 'sql',
    rule: clause === 'having' ? 'having-threshold' : 'filter-threshold',
    because,
    rank,
    sql: replaced(ctx.sql, literal, String(to)),
  });
  if (numbers.length > 0) {
    const [low, high] = [numbers[0] as number, numbers.at(-1) as number];
    const beyond = limit < low || limit > high;
    const because = `values of ${name} lie between ${low} and ${high}`;
    return [
      fix(tidy(percentileOf(numbers, 50)), beyond ? 85 : 20, because),
      ...(beyond && (limit > 10 * high || limit * 10 < low) ? [fix(limit > high ? limit / 100 : limit * 100, 80, because)] : []),
    ];
  }
  // What aggregates reach is found by trying.
  const isTotal = clause === 'having';
  return isTotal ? [0.5, 0.1, 0.01, 0].map((f, i) => fix(tidy(limit * f), 70 - i * 3, 'the groups do not reach the limit')) : [];
}

const tidy = (x: number): number => (Number.isInteger(x) ? x : Math.round(x * 100) / 100);

function fixLike(ctx: FailureContext, e: Extract<Expression, { kind: 'like' }>): Fix[] {
  const pattern = operandOf(e.pattern);
  if (typeof pattern !== 'string') return [];
  const fix = (to: string, rank: number, because: string): Fix => ({
    title: `match ${quoted(to)} instead of ${quoted(pattern)}`,
    kind: 'sql',
    rule: 'like-pattern',
    because,
    rank,
    sql: replaced(ctx.sql, e.pattern, quoted(to)),
  });
  const stars = /[*?]/.test(pattern)
    ? [fix(pattern.replaceAll('*', '%').replaceAll('?', '_'), 92, 'LIKE has % for any text and _ for one letter')]
    : [];
  const open = pattern.includes('%') ? [] : [fix(`%${pattern}%`, 75, 'a pattern without % matches only the whole text')];
  const at = e.span.start + textOf(ctx.sql, e).search(/LIKE/i);
  const ignoreCase: Fix = {
    title: 'match without regard to case (ILIKE)',
    kind: 'sql',
    rule: 'like-case',
    because: 'LIKE tells upper from lower case',
    rank: 72,
    sql: `${ctx.sql.slice(0, at)}ILIKE${ctx.sql.slice(at + 4)}`,
  };
  return e.operator === 'LIKE'
    ? [...stars, ...open, ignoreCase, ...(pattern.startsWith('%') ? [] : [fix(`%${pattern}`, 55, 'the text may not begin with it')])]
    : [...stars, ...open];
}

function fixNegation(ctx: FailureContext, e: Extract<Expression, { kind: 'is' }>): Fix {
  const text = textOf(ctx.sql, e);
  const to = /IS\s+NOT/i.test(text) ? text.replace(/IS\s+NOT/i, 'IS') : text.replace(/IS\s+/i, 'IS NOT ');
  return {
    title: `write ${to}`,
    kind: 'sql',
    rule: 'null-test',
    because: `${text} lets the wrong rows through`,
    rank: 60,
    sql: replaced(ctx.sql, e, to),
  };
}

/** The same without one term of a conjunction; the most drastic change, so the last. */
function dropTerms(ctx: FailureContext, e: Expression, clause: string): Fix[] {
  if (e.kind !== 'binary' || (e.operator !== 'AND' && e.operator !== 'OR')) return [];
  const swap: Fix = {
    title: `join the conditions of ${clause.toUpperCase()} with ${e.operator === 'AND' ? 'OR' : 'AND'}`,
    kind: 'sql',
    rule: 'and-or',
    because: 'the conditions exclude each other, or one of them lets everything through',
    rank: 45,
    sql:
      ctx.sql.slice(0, e.left.span.end) +
      ctx.sql.slice(e.left.span.end, e.right.span.start).replace(/\b(AND|OR)\b/i, e.operator === 'AND' ? 'OR' : 'AND') +
      ctx.sql.slice(e.right.span.start),
  };
  const without = (gone: Expression, kept: Expression): Fix => ({
    title: `leave out ${textOf(ctx.sql, gone)}`,
    kind: 'sql',
    rule: 'filter-term',
    because: `${textOf(ctx.sql, gone)} keeps the rows away`,
    rank: 15,
    sql: replaced(ctx.sql, e, textOf(ctx.sql, kept)),
  });
  return [swap, without(e.right, e.left), without(e.left, e.right), ...dropTerms(ctx, e.left, clause), ...dropTerms(ctx, e.right, clause)];
}
