import type { ColumnRef } from './column-facts.ts';
import { columnOperand, refsOf, type Scan } from './frame.ts';

/** The code of a currency behind an amount, or its name. A sign or "dollars" is how amounts are said, whatever they are in. */
const WRITTEN: readonly (readonly [code: string, said: RegExp])[] = [
  ['EUR', /\d ?(?:EUR|euros?)\b/],
  ['USD', /\d ?USD\b/],
  ['GBP', /\d ?(?:GBP|pounds sterling)\b/],
];

/** The columns that hold codes of currencies. */
const currencies = (scan: Scan): ColumnRef[] =>
  scan.base.columns.filter((c) => c.kind === 'text' && (c.schema.values ?? []).some((v) => WRITTEN.some(([code]) => code === v)));

/** `payments over 100 EUR` beside a currency: an amount in it is of the rows in that currency, unless the number is in one currency anyway. */
export function settleCurrency(scan: Scan): void {
  const { frame, input } = scan;
  if (!/\d ?(?:EUR|USD|GBP|euros?|pounds sterling)\b/.test(input)) return;
  const [column, ...others] = currencies(scan);
  const compared = frame.comparisons.flatMap((c) => (c.subject.kind === 'column' ? refsOf(c.subject.operand) : []));
  if (!column || others.length > 0 || !compared.some((c) => c.isMoney && !/(?:eur|usd|gbp)$/i.test(c.name))) return;
  if (frame.filters.some(({ any }) => any.some((c) => c.left.kind === 'column' && c.left.ref === column))) return;
  const codes = WRITTEN.filter(([code, said]) => column.schema.values?.includes(code) && said.test(input)).map(([code]) => code);
  const [code] = codes;
  if (code === undefined || codes.length > 1) return;
  frame.filters.push({ any: [{ left: columnOperand(column), operator: '=', values: [code] }] });
  frame.assumptions.push({ kind: 'other', text: `an amount in ${code} is of rows whose ${column.name} is ${code}` });
}
