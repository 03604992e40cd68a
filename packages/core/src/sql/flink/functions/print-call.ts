import type { Expr } from '../../bind/expression.ts';
import type { FlinkContext } from '../context.ts';
import type { PrintedRow } from '../printed-row.ts';
import { flinkType } from '../quote.ts';
import { collectionFunctions, conditionalFunctions, jsonFunctions, windowFunctions } from './general-functions.ts';
import type { Mappings } from './mapping.ts';
import { headerFunctions, mathFunctions } from './math-functions.ts';
import { stringFunctions } from './string-functions.ts';
import { timeFunctions } from './time-functions.ts';

/** Every function that is no aggregate, and how it is said on Flink. */
export const scalarMappings: Mappings = {
  ...mathFunctions,
  ...headerFunctions,
  ...stringFunctions,
  ...conditionalFunctions,
  ...timeFunctions,
  ...jsonFunctions,
  ...collectionFunctions,
  ...windowFunctions,
};

export function printCall(e: Expr & { kind: 'call' }, row: PrintedRow, cx: FlinkContext): string {
  const { name } = e.fn;
  const mapping = Object.hasOwn(scalarMappings, name) ? scalarMappings[name] : undefined;
  if (mapping === undefined || mapping.kind === 'not-on-flink')
    return cx.report.refuse(`${name.toUpperCase()} is not on Flink, because ${mapping?.because ?? 'nothing is known of it'}.`);
  if (mapping.differs !== undefined) cx.report.differs(mapping.differs);
  const propagates = e.fn.nulls === 'propagate' && e.args.some((arg) => arg.kind === 'literal' && arg.value === null);
  if (propagates) return `CAST(NULL AS ${flinkType(e.type) ?? 'STRING'})`;
  const args = e.args.map((expr) => ({ expr, text: cx.expression(expr, row) }));
  return mapping.print({ args, type: e.type, report: cx.report, system: row.system, mode: cx.mode });
}
