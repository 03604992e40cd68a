import { aggregateSql, measureSql } from '../ir/print-ir.ts';
import type { IrColumn, QueryIR } from '../ir/query-ir.ts';
import { quoteName } from '../ir/quote.ts';
import { type Names, outputNameText } from './assemble.ts';
import { columnOperand, type Measure, type Operand, type Scan } from './frame.ts';
import { rowNoun } from './meaning.ts';
import { measureName, operandName } from './name-measure.ts';
import type { Settled } from './settle.ts';

/** Row windows: every row with a figure over the rows before it. */
export function rollingQuery(scan: Scan, settled: Settled, names: Names, ir: QueryIR): QueryIR {
  const { frame, base } = scan;
  const time = base.columns.find((c) => c.name === base.eventTime);
  const partition = frame.dimensions.map((d) => names.column(d.ref));
  const count = frame.rows?.kind === 'window' ? frame.rows.count : 1 + Math.max(1, ...frame.rowFunctions.map((f) => f.back ?? 1));
  const over = `OVER (ROWS WINDOW BUFFER ${count} ROWS${partition.length > 0 ? ` PARTITION BY ${partition.join(', ')}` : ''}${time ? ` ORDER BY ${names.column(time)}` : ''})`;
  const operands: Operand[] = [];
  const figures: IrColumn[] = [];
  const free =
    frame.measures.length === 0 && frame.rowFunctions.length === 0
      ? frame.bare
          .filter((b) => b.operand.kind !== 'column' || b.operand.ref.kind === 'number')
          .map((b): Measure => ({ kind: 'aggregate', fn: 'AVG', of: b.operand, at: b.at, only: [] }))
      : [];
  for (const measure of [...settled.measures, ...free]) {
    const name = measureName(measure, rowNoun(base));
    const sql = measure.kind === 'aggregate' ? aggregateSql(names.aggregate(measure)) : measureSql(names.measure(measure, name));
    if (measure.kind === 'aggregate' && measure.of) operands.push(measure.of);
    const text = measure.kind === 'aggregate' ? `${sql} ${over}` : sql.replace(/\b(SUM|AVG|MIN|MAX|COUNT)\(([^()]*)\)/g, `$1($2) ${over}`);
    figures.push({ expression: text, alias: measure.kind === 'aggregate' && measure.fn === 'AVG' ? `moving_${name}` : name });
  }
  for (const { kind, operand, back = 1, unit = 'second' } of frame.rowFunctions) {
    const sql = names.operand(operand);
    const previous = `LAG(${sql}, ${back}) ${over}`;
    operands.push(operand);
    const name = operandName(operand);
    if (kind === 'previous') figures.push({ expression: previous, alias: `previous_${name}` });
    else if (kind === 'next') figures.push({ expression: `LEAD(${sql}, ${back}) ${over}`, alias: `next_${name}` });
    else if (kind === 'ratio') figures.push({ expression: `1.0 * ${sql} / NULLIF(${previous}, 0)`, alias: `${name}_ratio` });
    else if (kind === 'since') figures.push({ expression: `DATEDIFF('${unit}', ${previous}, ${sql})`, alias: `${unit}s_since_previous` });
    else if (kind === 'change') figures.push({ expression: `${sql} - ${previous}`, alias: `${name}_change` });
    else figures.push({ expression: `100.0 * (${sql} - ${previous}) / NULLIF(${previous}, 0)`, alias: `${name}_change_percent` });
  }
  const shown = [...frame.dimensions.map((d) => columnOperand(d.ref)), ...(time ? [columnOperand(time)] : []), ...operands];
  const plain: IrColumn[] = [];
  for (const operand of shown) {
    const expression = names.operand(operand);
    if (!plain.some((p) => p.expression === expression))
      plain.push(
        operand.kind === 'column' && expression === quoteName(operand.ref.name)
          ? { expression }
          : { expression, alias: outputNameText(operand) },
      );
  }
  return { ...ir, columns: [...plain, ...figures] };
}
