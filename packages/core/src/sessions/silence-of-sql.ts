import type { Silence } from '../protocol/query.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';

const WHERE_MAX = 160;

/** The same reasons, with the condition that removed the rows as it was written: what one has to look at. */
export function silenceOfSql(silence: Silence, sql: string): Silence {
  if (!silence.reasons.some(({ reason }) => reason === 'filtered')) return silence;
  const where = outlineScript(sql).statements.findLast((statement) => statement.where !== undefined)?.where;
  if (where === undefined) return silence;
  const shown = where.length > WHERE_MAX ? `${where.slice(0, WHERE_MAX)} …` : where;
  const told = (text: string): string => text.replace(/ removed by WHERE\.$/, () => ` removed by WHERE ${shown}.`);
  return { ...silence, reasons: silence.reasons.map((each) => (each.reason === 'filtered' ? { ...each, text: told(each.text) } : each)) };
}
