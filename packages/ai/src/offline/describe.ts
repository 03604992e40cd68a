import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { format } from '@velostream/core/sql';
import { recommendChart } from '../charts/recommend-chart.ts';
import { printIr } from '../ir/print-ir.ts';
import type { QueryIR } from '../ir/query-ir.ts';
import { errorsOf } from './check-sql.ts';
import { explainSql } from './explain-sql.ts';
import type { Describe } from './rare-kinds.ts';

function outputColumns(ir: QueryIR, request: NlToSqlRequest): { name: string; type: string }[] {
  const schema = request.schemas[ir.from.table];
  const typeOf = (expression: string): string => {
    const name = expression.split('.').at(-1)?.replaceAll('`', '') ?? expression;
    for (const table of [ir.from.table, ...ir.joins.map((j) => j.table)]) {
      const column = request.schemas[table]?.columns.find((c) => c.name === name);
      if (column) return column.type;
    }
    return 'FLOAT';
  };
  if (ir.measures.length === 0)
    return ir.columns.length === 0
      ? (schema?.columns ?? []).map(({ name, type }) => ({ name, type }))
      : ir.columns.map((c) => ({ name: c.alias ?? c.expression, type: typeOf(c.expression) }));
  return [
    ...ir.dimensions.map((d) => ({ name: d.alias ?? d.expression, type: typeOf(d.expression) })),
    ...(ir.window ? [{ name: 'window_start', type: 'TIMESTAMP' }] : []),
    ...ir.measures.map((m) => ({ name: m.alias, type: 'FLOAT' })),
  ];
}

/** Other readings that are worth a click. */
function alternativesOf(ir: QueryIR, request: NlToSqlRequest): { label: string; sql: string }[] {
  const made: { label: string; ir: QueryIR }[] = [];
  if (ir.window && ir.measures.length > 0 && ir.emit === 'CHANGES')
    made.push({ label: 'only final results', ir: { ...ir, emit: 'FINAL' } });
  if (ir.window?.kind === 'tumbling' && ir.window.sizeMs === 300_000)
    made.push({ label: 'in windows of an hour', ir: { ...ir, window: { ...ir.window, sizeMs: 3_600_000 } } });
  if (!ir.window && ir.measures.length > 0 && ir.order.length === 0)
    made.push({ label: 'in windows of 5 minutes', ir: { ...ir, window: { kind: 'tumbling', sizeMs: 300_000 } } });
  return made.flatMap(({ label, ir: other }) => {
    const printed = printIr(other);
    return errorsOf(printed, request.schemas).errors.length === 0 ? [{ label, sql: format(printed).trim() }] : [];
  });
}

/** What an answer does in words, other readings of it, and a chart that suits it. */
export const describe: Describe = (sql, ir, request) => ({
  explanation: explainSql(sql),
  alternatives: alternativesOf(ir, request),
  viz: recommendChart({ columns: outputColumns(ir, request) })[0] ?? null,
});
