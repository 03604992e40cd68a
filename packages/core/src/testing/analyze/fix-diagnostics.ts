import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Expression, Select } from '../../sql/ast/index.ts';
import { validate } from '../../sql/bind/validate.ts';
import { createCatalog } from '../../sql/catalog/create-catalog.ts';
import { expressionsOf, type FailureContext, inputColumns, itemName, replaced, textOf, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { toHaving } from './move-condition.ts';
import { mostAlike } from './similarity.ts';

type Fixer = (ctx: FailureContext, d: Diagnostic) => Fix[];

/** What to do about a problem that the checks of names and types tell, by its reason. Warnings may be the cause of wrong figures. */
const FIXERS: Readonly<Record<string, Fixer>> = {
  'unknown-column': (ctx, d) => [...otherNames(ctx, d), ...asText(ctx, d)],
  'unknown-alias': otherAlias,
  'unknown-relation': otherNames,
  'unknown-function': otherNames,
  'bad-argument': (ctx, d) => [...asShare(ctx, d), ...otherUnit(ctx, d)],
  'argument-type': otherColumn,
  'operand-type': otherColumn,
  'ambiguous-column': ofEachSide,
  'alias-not-visible': aliasInWhere,
  'aggregate-not-allowed': aggregateInWhere,
  'non-grouped-column': groupToo,
  'null-comparison': nullTest,
  'operator-types': (ctx, d) => [...otherLiteral(ctx, d), ...otherColumn(ctx, d)],
  'never-equal': otherLiteral,
};

export function fixDiagnostics(ctx: FailureContext): Fix[] {
  const catalog = Object.keys(ctx.tables).length > 0 ? { catalog: createCatalog(ctx.tables) } : {};
  return validate(ctx.sql, catalog).flatMap((d) => FIXERS[d.reason]?.(ctx, d) ?? (d.severity === 'error' ? otherNames(ctx, d) : []));
}

const wrote = (ctx: FailureContext, d: Diagnostic): string => ctx.sql.slice(d.start, d.end);
const changed = (ctx: FailureContext, d: Diagnostic, text: string): string => ctx.sql.slice(0, d.start) + text + ctx.sql.slice(d.end);

/** Names that are like the one that does not exist: those that the hint tells first. */
function otherNames(ctx: FailureContext, d: Diagnostic): Fix[] {
  const wrong = wrote(ctx, d);
  if (!/^[\w.`"-]+$/.test(wrong)) return [];
  const at = wrong.lastIndexOf('.') + 1;
  const meant = [...(/Did you mean (.+)\?/.exec(d.hint ?? '')?.[1] ?? '').matchAll(/"([^"]+)"|([A-Z_]+)/g)].map((m) => m[1] ?? m[2] ?? '');
  const known = d.reason === 'unknown-function' ? [] : [...inputColumns(ctx).map((c) => c.name), ...Object.keys(ctx.tables)];
  const names = [...new Set([...meant, ...mostAlike(wrong.slice(at), known, 0.4)])].slice(0, 3);
  return names.map(
    (name, i): Fix => ({
      title: `write ${name} instead of ${wrong}`,
      kind: 'sql',
      rule: 'unknown-name',
      because: d.message,
      rank: 98 - i,
      sql: changed(ctx, d, wrong.slice(0, at) + (/^\w+$/.test(name) ? name : `\`${name}\``)),
      isOther: d.reason === 'unknown-relation',
    }),
  );
}

/** An alias that nothing has: one of those that there are, or none. */
function otherAlias(ctx: FailureContext, d: Diagnostic): Fix[] {
  const wrong = wrote(ctx, d);
  const scope = /Names in scope: ([^.]+)/.exec(d.hint ?? '')?.[1]?.split(', ') ?? [];
  const dot = ctx.sql[d.end] === '.' ? d.end + 1 : undefined;
  const bare = dot === undefined || wrong.includes('.') ? undefined : ctx.sql.slice(0, d.start) + ctx.sql.slice(dot);
  return [
    ...otherNames(ctx, d),
    ...scope.map(
      (name, i): Fix => ({
        title: `write ${name} instead of ${wrong}`,
        kind: 'sql',
        rule: 'unknown-name',
        because: d.message,
        rank: 94 - i,
        sql: changed(ctx, d, name),
      }),
    ),
    ...(bare === undefined
      ? []
      : [{ title: `leave out ${wrong}.`, kind: 'sql' as const, rule: 'unknown-name', because: d.message, rank: 93, sql: bare }]),
  ];
}

/** A percentage where a share is asked for. */
function asShare(ctx: FailureContext, d: Diagnostic): Fix[] {
  const percent = /fraction from 0 to 1, not (\d+(?:\.\d+)?)/.exec(d.message)?.[1];
  if (percent === undefined || Number(percent) > 100) return [];
  const at = ctx.sql.slice(d.start, d.end).lastIndexOf(percent);
  if (at < 0) return [];
  const share = String(Number(percent) / 100);
  const start = d.start + at;
  const sql = ctx.sql.slice(0, start) + share + ctx.sql.slice(start + percent.length);
  return [{ title: `write ${share} instead of ${percent}`, kind: 'sql', rule: 'percentage', because: d.message, rank: 97, sql }];
}

/** A unit of time that there is not: `'millisecnds'`. */
function otherUnit(ctx: FailureContext, d: Diagnostic): Fix[] {
  const [, wrong, units] = /has no unit "([^"]+)"; units are (.+)$/.exec(d.message) ?? [];
  const unit = wrong === undefined ? undefined : mostAlike(wrong, (units ?? '').split(', '), 0.5)[0];
  if (wrong === undefined || unit === undefined) return [];
  const sql = ctx.sql.slice(0, d.start) + ctx.sql.slice(d.start).replace(`'${wrong}'`, `'${unit}'`);
  return [{ title: `write '${unit}' instead of '${wrong}'`, kind: 'sql', rule: 'unknown-unit', because: d.message, rank: 97, sql }];
}

/** A text where a number belongs: another column of the same relation, the one first that the figure is named after. */
function otherColumn(ctx: FailureContext, d: Diagnostic): Fix[] {
  const found: Fix[] = [];
  const known = inputColumns(ctx);
  for (const select of ctx.selects)
    for (const item of select.items) {
      if (item.kind !== 'expression' || item.span.start > d.start || item.span.end < d.end) continue;
      const figure = itemName(item) ?? '';
      walk(item.expression, (e) => {
        const last = e.kind === 'column' && e.span.start >= d.start && e.span.end <= d.end ? e.path.at(-1) : undefined;
        const own = known.find((c) => c.name === last?.text);
        if (!last || !own || own.kind === 'number') return;
        const others = known.filter((c) => c.source === own.source && c.kind === 'number').map((c) => c.name);
        const likely = [...new Set([...mostAlike(figure, others, 0.3), ...others])].slice(0, 4);
        for (const [i, name] of likely.entries())
          found.push({
            title: `use ${name} instead of ${last.text}`,
            kind: 'sql',
            rule: 'wrong-column',
            because: d.message,
            rank: 94 - i,
            sql: replaced(ctx.sql, last, name),
          });
      });
    }
  return found;
}

/** A value without its quotes, which is read as a column: beside a comparison or in a list. */
function asText(ctx: FailureContext, d: Diagnostic): Fix[] {
  const word = wrote(ctx, d).replace(/^[`"]|[`"]$/g, '');
  const around = `${ctx.sql.slice(0, d.start).trimEnd().slice(-8)}¦${ctx.sql.slice(d.end).trimStart().slice(0, 3)}`;
  if (word.includes('.') || !/(?:[=<>(,]|LIKE|IN|AND|THEN|ELSE)¦|¦[=<>!]/i.test(around)) return [];
  return [
    {
      title: `write '${word}' instead of ${wrote(ctx, d)}`,
      kind: 'sql',
      rule: 'unquoted-text',
      because: `${d.message}; a text stands in quotes`,
      rank: /Did you mean/.test(d.hint ?? '') ? 95 : 98.5,
      sql: changed(ctx, d, `'${word}'`),
    },
  ];
}

/** A column that several inputs have, of each of them. */
function ofEachSide(ctx: FailureContext, d: Diagnostic): Fix[] {
  const choices = /Write one of (.+)\.$/.exec(d.hint ?? '')?.[1]?.split(', ') ?? [];
  const wrong = wrote(ctx, d);
  return choices.map((name, i) => ({
    title: `write ${name} instead of ${wrong}`,
    kind: 'sql',
    rule: 'ambiguous-name',
    because: d.message,
    rank: 97 - i,
    sql: changed(ctx, d, name),
  }));
}

const around = (ctx: FailureContext, { start, end }: Diagnostic): Select | undefined =>
  ctx.selects.find((s) => s.where !== undefined && s.where.span.start <= start && s.where.span.end >= end);

/** A figure that WHERE asks for by its name: HAVING knows it, or WHERE repeats what it is. */
function aliasInWhere(ctx: FailureContext, d: Diagnostic): Fix[] {
  const select = around(ctx, d);
  const item = select?.items.find((i) => i.kind === 'expression' && itemName(i) === wrote(ctx, d));
  if (!select || item?.kind !== 'expression') return [];
  const text = textOf(ctx.sql, item.expression);
  const moved = toHaving(ctx.sql, select, d, text);
  return [
    ...(moved === undefined ? [] : [move(d, moved)]),
    {
      title: `write ${text} instead of ${wrote(ctx, d)}`,
      kind: 'sql',
      rule: 'alias-in-where',
      because: d.message,
      rank: 96,
      sql: changed(ctx, d, item.expression.kind === 'binary' ? `(${text})` : text),
    },
  ];
}

const move = (d: Diagnostic, sql: string): Fix => ({
  title: 'ask for it in HAVING instead of WHERE',
  kind: 'sql',
  rule: 'aggregate-in-where',
  because: `${d.message}; figures of groups are there only after GROUP BY`,
  rank: 97,
  sql,
});

function aggregateInWhere(ctx: FailureContext, d: Diagnostic): Fix[] {
  const select = around(ctx, d);
  const moved = select ? toHaving(ctx.sql, select, d) : undefined;
  return moved === undefined ? [] : [move(d, moved)];
}

/** A selected column that is not grouped. */
function groupToo(ctx: FailureContext, d: Diagnostic): Fix[] {
  const select = ctx.selects.find((s) => s.items.some((i) => i.span.start <= d.start && i.span.end >= d.end));
  if (!select) return [];
  const name = wrote(ctx, d);
  const last = select.groupBy.at(-1);
  const at = last?.span.end ?? select.where?.span.end ?? Math.max(select.from?.span.end ?? 0, ...select.joins.map((j) => j.span.end));
  return [
    {
      title: `group by ${name}${last ? ' too' : ''}`,
      kind: 'sql',
      rule: 'not-grouped',
      because: `${name} is selected but not grouped`,
      rank: 90,
      sql: `${ctx.sql.slice(0, at)}${last ? ', ' : ' GROUP BY '}${name}${ctx.sql.slice(at)}`,
    },
  ];
}

function nullTest(ctx: FailureContext, d: Diagnostic): Fix[] {
  const found: Fix[] = [];
  eachBinary(ctx, d, (e) => {
    const side = e.left.kind === 'null' ? e.right : e.right.kind === 'null' ? e.left : undefined;
    if (!side) return;
    const test = `${textOf(ctx.sql, side)} IS ${e.operator === '=' ? '' : 'NOT '}NULL`;
    found.push({
      title: `write ${test} instead of ${textOf(ctx.sql, e)}`,
      kind: 'sql',
      rule: 'null-comparison',
      because: d.message,
      rank: 94,
      sql: replaced(ctx.sql, e, test),
    });
  });
  return found;
}

/** A number in quotes beside a number, a bare number beside a text. */
function otherLiteral(ctx: FailureContext, d: Diagnostic): Fix[] {
  const found: Fix[] = [];
  eachBinary(ctx, d, (e) => {
    for (const side of [e.left, e.right]) {
      const text = textOf(ctx.sql, side);
      const bare = /^'\s*(-?\d+(?:\.\d+)?)\s*'$/.exec(text)?.[1];
      const to = side.kind === 'string' ? bare : /^(integer|decimal|float)$/.test(side.kind) ? `'${text}'` : undefined;
      if (to === undefined) continue;
      found.push({
        title: `write ${to} instead of ${text}`,
        kind: 'sql',
        rule: 'literal-type',
        because: d.message,
        rank: 95,
        sql: replaced(ctx.sql, side, to),
      });
    }
  });
  return found;
}

function eachBinary(ctx: FailureContext, d: Diagnostic, visit: (e: Extract<Expression, { kind: 'binary' }>) => void): void {
  for (const select of ctx.selects)
    for (const { expression } of expressionsOf(select))
      walk(expression, (e) => {
        const isComparison = e.kind === 'binary' && /^(?:[<>]=?|!=|<>|=)$/.test(e.operator);
        if (isComparison && e.span.start <= d.start && e.span.end >= d.end) visit(e);
      });
}
