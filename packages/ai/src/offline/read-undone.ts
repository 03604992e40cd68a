import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { columnOperand, plainWord, type Scan, wordAt } from './frame.ts';
import type { Link } from './link.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickValue, useLink } from './pick.ts';
import { NEGATIVE } from './read-link.ts';

/** A whole number that adds up or is called as several of them: renewals, retries. */
export const isCount = (ref: ColumnRef): boolean =>
  /INT/i.test(ref.schema.type) && isMeasure(ref) && (ref.isAdditive || /[^su]s$/.test(ref.words.at(-1) ?? ''));

/** `retried requests`, `anything that was retried` of a count of retries: one or more; `never retried`: none. */
export function readUndone(scan: Scan, at: number): number | undefined {
  const link = linkAt(scan, at);
  const number = pickNumber(link);
  if (!link || !number || link.end !== at + 1 || !/[a-z]{2}ed$/.test(wordAt(scan, at)) || pickValue(link)) return undefined;
  if (!isCount(number.ref) || pickColumn(link, (c) => c.kind === 'boolean')) return undefined;
  const isOfRows = pickTable(linkAt(scan, link.end))?.table === scan.base.name;
  const lead = plainWord(scan, at - 1);
  const isSaid = /^(was|were|is|are|been|got|get|being|never|not)$/.test(lead) && !comparatorAt(scan, link.end);
  const hasAmount = scan.tokens.slice(link.end, link.end + 5).some((t) => t.t === 'number' || t.t === 'duration');
  if (!(isOfRows || isSaid) || hasAmount || /^(most|least|how|much|many)$/.test(lead)) return undefined;
  const isNone = NEGATIVE.test(lead);
  scan.frame.filters.push({ any: [{ left: columnOperand(number.ref), operator: isNone ? '=' : '>', values: [0] }] });
  useLink(scan, link, 'filter');
  return link.end;
}

/** "lab machines" of lab results: several things, and no rows. */
export const isOfThing = (scan: Scan, { start, end }: Link): boolean => {
  const thing = pickColumn(linkAt(scan, end), (c) => c.kind === 'text');
  return (
    end === start + 1 &&
    thing !== undefined &&
    thing.score > 0.8 &&
    !/s$/.test(plainWord(scan, start)) &&
    /[^s]s$/.test(plainWord(scan, end))
  );
};
