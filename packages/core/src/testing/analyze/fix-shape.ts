import type { Expression, Select } from '../../sql/ast/index.ts';
import { type FailureContext, itemName, replaced, textOf, walk } from './context.ts';
import { type Fix, sqlFix } from './fix.ts';
import { blamedFields } from './fix-columns.ts';
import { fixWindow } from './fix-window.ts';
import { termsOf, toWhere } from './move-condition.ts';

/** How the query is put together: kind of join, EMIT, DISTINCT, LIMIT, ORDER BY, window. */
export function fixShape(ctx: FailureContext): Fix[] {
  return ctx.selects
    .flatMap((select) => [
      ...fixJoins(ctx, select),
      ...fixEmit(ctx, select),
      ...fixRepeats(ctx, select),
      ...fixLimit(ctx, select),
      ...fixOrder(ctx, select),
      ...fixWindow(ctx, select),
      ...fixHaving(ctx, select),
    ])
    .concat(fixUnions(ctx));
}

function fixJoins(ctx: FailureContext, select: Select): Fix[] {
  return select.joins.flatMap((join): Fix[] => {
    const text = textOf(ctx.sql, join);
    const change = (to: string, because: string, rank: number): Fix[] => {
      const made = text.replace(/^(?:(?:INNER|LEFT|RIGHT|FULL)(?:\s+OUTER)?\s+)?JOIN/i, to);
      return made === text ? [] : [sqlFix(`use ${to}`, 'join-kind', because, rank, replaced(ctx.sql, join, made))];
    };
    if (join.kind === 'INNER') return change('LEFT JOIN', 'rows without a partner are dropped', 52);
    return change('JOIN', 'rows without a partner come with NULL', isNullProblem(ctx) ? 84 : 44);
  });
}

const isNullProblem = (ctx: FailureContext): boolean =>
  ctx.failed.some(({ assertion }) => /null|completeness|data_quality/.test(assertion.type));

function fixEmit(ctx: FailureContext, select: Select): Fix[] {
  const repeats = ctx.failed.some(({ assertion }) =>
    /duplicate|unique|record_count|row_|rows_|exact|aggregate|cross|reconcile|template/.test(assertion.type),
  );
  if (select.emit) {
    const other = select.emit.mode === 'CHANGES' ? 'FINAL' : 'CHANGES';
    return [
      sqlFix(
        `EMIT ${other}`,
        'emit-mode',
        select.emit.mode === 'CHANGES' ? 'EMIT CHANGES gives a row for every input row' : 'EMIT FINAL gives one row per group',
        repeats ? 68 : 20,
        replaced(ctx.sql, select.emit, `EMIT ${other}`),
      ),
    ];
  }
  const end = select.having?.span.end ?? select.window?.span.end ?? select.groupBy.at(-1)?.span.end;
  if (end === undefined) return [];
  const at = Math.max(end, select.window?.span.end ?? 0, select.groupBy.at(-1)?.span.end ?? 0);
  return [
    sqlFix(
      'EMIT FINAL',
      'emit-mode',
      'without EMIT FINAL every input row gives a row',
      repeats ? 68 : 20,
      `${ctx.sql.slice(0, at)} EMIT FINAL${ctx.sql.slice(at)}`,
    ),
  ];
}

function fixRepeats(ctx: FailureContext, select: Select): Fix[] {
  const at = select.span.start;
  const head = ctx.sql.slice(at);
  const match = /SELECT\s+(DISTINCT\s+)?/i.exec(head);
  if (!match) return [];
  const start = at + match.index;
  const length = match[0].length;
  return select.distinct
    ? [
        sqlFix(
          'leave out DISTINCT',
          'distinct',
          'equal rows are told once only',
          46,
          `${ctx.sql.slice(0, start)}SELECT ${ctx.sql.slice(start + length)}`,
        ),
      ]
    : [
        sqlFix(
          'SELECT DISTINCT',
          'distinct',
          'equal rows come more than once',
          46,
          `${ctx.sql.slice(0, start)}SELECT DISTINCT ${ctx.sql.slice(start + length)}`,
        ),
      ];
}

function fixLimit(ctx: FailureContext, select: Select): Fix[] {
  if (!select.limit) return [];
  const text = textOf(ctx.sql, select.limit);
  const counts = ctx.failed.flatMap(({ assertion }) =>
    Object.values(assertion).filter((v): v is number => typeof v === 'number' && Number.isInteger(v) && v > 0),
  );
  return [
    ...[...new Set(counts)]
      .slice(0, 3)
      .map((n) =>
        sqlFix(
          `LIMIT ${n}`,
          'limit',
          `LIMIT ${select.limit?.count} ends the result`,
          64,
          replaced(ctx.sql, select.limit as NonNullable<Select['limit']>, text.replace(/LIMIT\s+\d+/i, `LIMIT ${n}`)),
        ),
      ),
    sqlFix('leave out LIMIT', 'limit', `LIMIT ${select.limit.count} ends the result`, 60, replaced(ctx.sql, select.limit, '')),
  ];
}

function fixOrder(ctx: FailureContext, select: Select): Fix[] {
  const isOrder = ctx.failed.some(({ assertion }) => /order|monotonic|row_|rows_|exact|snapshot/.test(assertion.type));
  const turned = select.orderBy.map((o) => {
    const other = o.direction === 'ASC' ? 'DESC' : 'ASC';
    return sqlFix(
      `ORDER BY ${textOf(ctx.sql, o.expression)} ${other}`,
      'sort-direction',
      'the order is the other way round',
      isOrder ? 74 : 24,
      replaced(ctx.sql, o, `${textOf(ctx.sql, o.expression)} ${other}`),
    );
  });
  if (select.orderBy.length > 0 || !isOrder) return turned;
  const { assertion } = ctx.failed.find(({ assertion: a }) => typeof a['field'] === 'string') ?? {};
  if (!assertion) return turned;
  const direction = /^desc/i.test(String(assertion['direction'] ?? '')) ? 'DESC' : 'ASC';
  const at = (select.emit ?? select.limit)?.span.start ?? select.span.end;
  return [
    sqlFix(
      `ORDER BY ${String(assertion['field'])} ${direction}`,
      'no-order',
      'the query does not say in which order',
      76,
      `${ctx.sql.slice(0, at).trimEnd()} ORDER BY ${String(assertion['field'])} ${direction} ${ctx.sql.slice(at)}`,
    ),
  ];
}

/** Conditions of single rows that stand in HAVING, where groups are asked. */
function fixHaving(ctx: FailureContext, select: Select): Fix[] {
  const { having } = select;
  if (!having) return [];
  const made = new Set(select.items.flatMap((i) => (i.kind === 'expression' && i.alias ? [i.alias.text] : [])));
  const ofRows = termsOf(having).filter((term) => isOfRows(term, made));
  const terms = ofRows.length === termsOf(having).length && ofRows.length > 1 ? [having, ...ofRows] : ofRows;
  return terms.flatMap((term) => {
    const sql = toWhere(ctx.sql, select, term);
    const because = `${textOf(ctx.sql, term)} is a condition of rows, not of groups`;
    return sql === undefined ? [] : [sqlFix(`ask for ${textOf(ctx.sql, term)} in WHERE`, 'row-in-having', because, 91, sql)];
  });
}

/** Whether a condition reads columns of rows and nothing that a group has: no aggregate, no name of a figure. */
function isOfRows(term: Expression, made: ReadonlySet<string>): boolean {
  const columns: string[] = [];
  let calls = 0;
  walk(term, (e) => {
    if (e.kind === 'call') calls++;
    if (e.kind === 'column') columns.push(e.path.at(-1)?.text ?? '');
  });
  return calls === 0 && columns.length > 0 && !columns.some((name) => made.has(name));
}

function fixUnions(ctx: FailureContext): Fix[] {
  return [...ctx.sql.matchAll(/\bUNION(\s+ALL)?\b/gi)].map((m) => {
    const to = m[1] === undefined ? 'UNION ALL' : 'UNION';
    return sqlFix(
      to,
      'union-all',
      m[1] === undefined ? 'UNION drops equal rows' : 'UNION ALL keeps equal rows',
      54,
      ctx.sql.slice(0, m.index) + to + ctx.sql.slice(m.index + m[0].length),
    );
  });
}

/** NULL where none is wanted: a default, a condition, an ELSE; texts that are numbers. */
export function fixNulls(ctx: FailureContext): Fix[] {
  const blamed = blamedFields(ctx);
  return ctx.selects.flatMap((select) =>
    select.items.flatMap((item): Fix[] => {
      const name = itemName(item);
      if (item.kind !== 'expression' || name === undefined || !blamed.has(name)) return [];
      const e = item.expression;
      const text = textOf(ctx.sql, e);
      const as = item.alias ? '' : ` AS ${name}`;
      return [
        ...elseFixes(ctx, e),
        ...whereFix(ctx, select, e, text),
        ...["'unknown'", '0'].map((value, i) =>
          sqlFix(
            `COALESCE(${text}, ${value})`,
            'null-leak',
            `${text} is NULL in some rows`,
            57 - i,
            replaced(ctx.sql, e, `COALESCE(${text}, ${value})${as}`),
          ),
        ),
      ];
    }),
  );
}

function elseFixes(ctx: FailureContext, root: Expression): Fix[] {
  const fixes: Fix[] = [];
  walk(root, (e) => {
    if (e.kind !== 'case' || e.otherwise) return;
    const first = e.whens[0]?.result;
    const value = first?.kind === 'string' ? "'other'" : '0';
    fixes.push(
      sqlFix(
        `add ELSE ${value}`,
        'case-without-else',
        'CASE without ELSE is NULL where no branch holds',
        86,
        replaced(ctx.sql, e, textOf(ctx.sql, e).replace(/\s*END\s*$/i, ` ELSE ${value} END`)),
      ),
    );
  });
  return fixes;
}

function whereFix(ctx: FailureContext, select: Select, e: Expression, text: string): Fix[] {
  if (e.kind !== 'column') return [];
  const condition = `${text} IS NOT NULL`;
  const because = `${text} is NULL in some rows of the input`;
  if (select.where)
    return [
      sqlFix(
        `WHERE … AND ${condition}`,
        'null-leak',
        because,
        78,
        replaced(ctx.sql, select.where, `(${textOf(ctx.sql, select.where)}) AND ${condition}`),
      ),
    ];
  const at = Math.max(select.from?.span.end ?? 0, ...select.joins.map((j) => j.span.end));
  return at === 0
    ? []
    : [sqlFix(`WHERE ${condition}`, 'null-leak', because, 78, `${ctx.sql.slice(0, at)} WHERE ${condition}${ctx.sql.slice(at)}`)];
}
