import type { Expr, SubqueryExpr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import { printAggregate } from '../functions/print-aggregate.ts';
import type { PrintedRow } from '../printed-row.ts';
import { quoteName } from '../quote.ts';

/** A query against a table, in an expression. */
export function printSubquery(e: SubqueryExpr, row: PrintedRow, cx: FlinkContext): string {
  if (cx.mode === 'streaming')
    cx.report.differs(
      'When the table of a sub-query changes, Flink corrects earlier results; here a row sees the table as it stands when the row comes.',
    );
  if (cx.mode === 'streaming' && (e.form === 'all' || e.form === 'any'))
    cx.report.differs('Compared with ALL or ANY of no rows at all, a row is left out on Flink; here ALL of nothing is true.');
  if (cx.mode === 'streaming' && e.form === 'scalar' && e.aggregates.length > 0)
    cx.report.differs('Of no rows at all there is no result on Flink; here it is a row of zeros and NULLs.');
  const inner = e.query === undefined ? tableQuery(e, row, cx) : cx.query(e.query, cx, false).sql;
  const not = e.negated ? 'NOT ' : '';
  switch (e.form) {
    case 'exists':
      return `(${not}EXISTS (${inner}))`;
    case 'in':
      return `(${argument(e.arg, row, cx)} ${not}IN (${inner}))`;
    case 'any':
    case 'all':
      return `(${argument(e.arg, row, cx)} ${e.op === '!=' ? '<>' : e.op} ${e.form === 'any' ? 'SOME' : 'ALL'} (${inner}))`;
    case 'scalar':
      if (e.aggregates.length === 0 && e.query === undefined)
        cx.report.differs('A sub-query that finds more than one row ends the job on Flink; here the first row counts.');
      return `(${inner})`;
  }
}

const argument = (arg: Expr | null, row: PrintedRow, cx: FlinkContext): string => (arg === null ? 'TRUE' : cx.expression(arg, row));

function tableQuery(e: SubqueryExpr, row: PrintedRow, cx: FlinkContext): string {
  const alias = cx.fresh('s');
  const view = cx.view(e.table);
  const relation = cx.catalog.find(e.table);
  const used = view === undefined && relation !== undefined ? cx.table({ relation, time: null, as: 'changes' }) : null;
  const names = view?.query.columns ?? used?.columns.map((c) => c.name);
  if (names === undefined) return cx.report.refuse(`Nothing is known of the table "${e.table}".`);
  const outer = e.outer.map((value) => cx.expression(value, row));
  const inner: PrintedRow = {
    columns: [...names.map((name) => `${alias}.${quoteName(name)}`), ...outer],
    time: null,
    times: [],
    system: () => undefined,
  };
  const from = `${quoteName(view?.name ?? used?.name ?? e.table)} AS ${alias}`;
  const where = e.where === null ? '' : ` WHERE ${cx.expression(e.where, inner)}`;
  const aggregates = e.aggregates.map((call) => printAggregate(call, inner, cx));
  const selected: PrintedRow = e.aggregates.length === 0 ? inner : { ...inner, columns: [...aggregates, ...outer] };
  return `SELECT ${e.select === null ? '1' : cx.expression(e.select, selected)} FROM ${from}${where}`;
}
