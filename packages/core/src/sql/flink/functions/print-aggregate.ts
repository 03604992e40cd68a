import type { AggregateCall, Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedRow } from '../printed-row.ts';
import { type AggregateMapping, aggregateFunctions } from './aggregate-functions.ts';
import { analyticFunctions } from './analytic-functions.ts';

interface Call {
  readonly fn: { readonly name: string; readonly kind: string };
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  readonly filter: Expr | null;
  readonly type: Expr['type'];
}

/** An aggregate of a group. */
export const printAggregate = (call: AggregateCall, row: PrintedRow, cx: FlinkContext): string =>
  printed({ ...call, fn: call.fn }, row, cx, '', call.descending);

/** A call with OVER; `over` is the whole clause. */
export const printAnalytic = (call: Call, row: PrintedRow, cx: FlinkContext, over: string): string => printed(call, row, cx, over, false);

function printed(call: Call, row: PrintedRow, cx: FlinkContext, over: string, descending: boolean): string {
  const { name, kind } = call.fn;
  const table: Readonly<Record<string, AggregateMapping>> = kind === 'analytic' ? analyticFunctions : aggregateFunctions;
  const mapping = Object.hasOwn(table, name) ? table[name] : undefined;
  if (mapping === undefined || mapping.kind === 'not-on-flink')
    return cx.report.refuse(`${name.toUpperCase()} is not on Flink, because ${mapping?.because ?? 'nothing is known of it'}.`);
  if (mapping.differs !== undefined) cx.report.differs(mapping.differs);
  const args = call.args.map((expr) => ({ expr, text: cx.expression(expr, row) }));
  const filter = call.filter === null ? null : cx.expression(call.filter, row);
  if (over !== '' && (filter !== null || call.distinct)) cx.report.refuse('FILTER and DISTINCT beside OVER are not on Flink.');
  return mapping.print({
    args,
    type: call.type,
    report: cx.report,
    system: row.system,
    mode: cx.mode,
    distinct: call.distinct,
    descending,
    call: (as, parts, where) => {
      if (over !== '' && where !== undefined)
        return cx.report.refuse(`${name.toUpperCase()} with OVER is not on Flink, because it would need FILTER there.`);
      const conditions = [filter, where].filter((each) => each !== null && each !== undefined);
      const behind = conditions.length === 0 ? '' : ` FILTER (WHERE ${conditions.join(' AND ')})`;
      return `${as}(${call.distinct ? 'DISTINCT ' : ''}${parts.join(', ')})${behind}${over === '' ? '' : ` OVER (${over})`}`;
    },
  });
}
