import type { IrAggregate, IrColumn, IrCondition, IrFilter, IrMeasure, IrSource, IrValue, IrWindow, QueryIR } from './query-ir.ts';
import { interval, quoteName, quoteText } from './quote.ts';

const numberText = (value: number): string =>
  Number.isInteger(value) || !/e/i.test(String(value)) ? String(value) : value.toFixed(12).replace(/0+$/, '');

const valueSql = (value: IrValue): string => {
  if (typeof value === 'object') return value.sql;
  if (typeof value === 'string') return quoteText(value);
  return typeof value === 'number' ? numberText(value) : String(value).toUpperCase();
};

export function conditionSql({ left, operator, values }: IrCondition): string {
  const list = values.map(valueSql);
  switch (operator) {
    case 'IN':
    case 'NOT IN':
      return `${left} ${operator} (${list.join(', ')})`;
    case 'BETWEEN':
    case 'NOT BETWEEN':
      return `${left} ${operator} ${list[0] ?? 'NULL'} AND ${list[1] ?? 'NULL'}`;
    case 'IS NULL':
    case 'IS NOT NULL':
      return `${left} ${operator}`;
    default:
      return `${left} ${operator} ${list[0] ?? 'NULL'}`;
  }
}

export function filterSql({ any }: IrFilter, alone: boolean): string {
  const text = any.map(conditionSql).join(' OR ');
  return any.length > 1 && !alone ? `(${text})` : text;
}

export const filtersSql = (filters: readonly IrFilter[]): string => filters.map((f) => filterSql(f, filters.length === 1)).join(' AND ');

export function aggregateSql(aggregate: IrAggregate): string {
  const { fn, of, distinct, only, fraction } = aggregate;
  const guard = only && only.length > 0 ? filtersSql(only) : undefined;
  const argument = guard === undefined ? (of ?? '*') : `CASE WHEN ${guard} THEN ${of ?? '1'} END`;
  if (fn === 'COUNT' && guard !== undefined && of === undefined) return `SUM(CASE WHEN ${guard} THEN 1 ELSE 0 END)`;
  if (fn === 'SUM' && guard !== undefined) return `SUM(CASE WHEN ${guard} THEN ${of} ELSE 0 END)`;
  if (fn === 'PERCENTILE') return `PERCENTILE_CONT(${fraction ?? 0.5}) WITHIN GROUP (ORDER BY ${argument})`;
  return `${fn}(${distinct ? 'DISTINCT ' : ''}${argument})`;
}

export function measureSql(measure: IrMeasure): string {
  if (measure.kind === 'aggregate') return aggregateSql(measure);
  if (measure.kind === 'expression') return measure.expression;
  const bottom =
    measure.bottom.fn === 'COUNT' && !measure.bottom.only?.length
      ? aggregateSql(measure.bottom)
      : `NULLIF(${aggregateSql(measure.bottom)}, 0)`;
  return `${measure.percent ? '100.0' : '1.0'} * ${aggregateSql(measure.top)} / ${bottom}`;
}

export const columnSql = ({ expression, alias }: IrColumn): string =>
  alias === undefined || alias === expression ? expression : `${expression} AS ${quoteName(alias)}`;

export function windowSql(window: IrWindow): string {
  const time = window.time === undefined ? '' : `${window.time}, `;
  if (window.kind === 'tumbling') return `TUMBLING(${time}${interval(window.sizeMs)})`;
  if (window.kind === 'sliding') return `SLIDING(${time}${interval(window.sizeMs)}, ${interval(window.advanceMs)})`;
  return `SESSION(${time}${interval(window.gapMs)})`;
}

const sourceSql = ({ table, alias }: IrSource): string => quoteName(table) + (alias === undefined ? '' : ` ${alias}`);

function itemsOf(ir: QueryIR): string[] {
  const isGrouped = ir.measures.length > 0;
  const bounds = ir.window && isGrouped ? ['_WINDOW_START AS window_start', '_WINDOW_END AS window_end'] : [];
  const keys = ir.dimensions.map(columnSql);
  const columns = isGrouped ? [] : ir.columns.map(columnSql);
  const measures = ir.measures.map((m) => `${measureSql(m)} AS ${quoteName(m.alias)}`);
  const items = [...keys, ...bounds, ...columns, ...measures];
  return items.length === 0 ? ['*'] : items;
}

/** SQL text of an intent. The parser of the product reads it again before anyone sees it. */
export function printIr(ir: QueryIR): string {
  const { where, having, order, limit, window, sink, alerts } = ir;
  const lines = alerts.flatMap(({ condition, severity }) => [
    `-- @alert: ${condition}`,
    ...(severity === undefined ? [] : [`-- @alert_severity: ${severity}`]),
  ]);
  if (sink && sink.kind !== 'URI') lines.push(`CREATE ${sink.kind} ${quoteName(sink.name)} AS`);
  lines.push(`SELECT ${ir.distinct ? 'DISTINCT ' : ''}${itemsOf(ir).join(', ')}`, `FROM ${sourceSql(ir.from)}`);
  for (const join of ir.joins) {
    const on = join.on.map(({ left, right }) => `${left} = ${right}`).join(' AND ');
    const within = join.withinMs === undefined ? '' : ` WITHIN ${interval(join.withinMs)}`;
    lines.push(`${join.kind === 'LEFT' ? 'LEFT ' : ''}JOIN ${sourceSql(join)} ON ${on}${within}`);
  }
  if (where.length > 0) lines.push(`WHERE ${filtersSql(where)}`);
  const isGrouped = ir.dimensions.length > 0 && (ir.measures.length > 0 || having.length > 0);
  if (isGrouped) lines.push(`GROUP BY ${ir.dimensions.map(({ expression }) => expression).join(', ')}`);
  if (window) lines.push(`WINDOW ${windowSql(window)}`);
  if (having.length > 0) lines.push(`HAVING ${filtersSql(having)}`);
  if (order.length > 0) lines.push(`ORDER BY ${order.map(({ by, direction }) => `${by} ${direction}`).join(', ')}`);
  if (limit !== undefined) lines.push(`LIMIT ${limit}${ir.offset ? ` OFFSET ${ir.offset}` : ''}`);
  lines.push(`EMIT ${ir.emit}`);
  if (sink?.kind === 'URI') lines.push(`INTO ${quoteText(sink.name)}`);
  return lines.join('\n');
}
