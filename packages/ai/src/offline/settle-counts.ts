import { isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { columnOperand, type Operand, plainWord, type Scan } from './frame.ts';
import { revenueOf } from './meaning.ts';
import { matchAt } from './pattern.ts';
import { linkAt, pickTable, useLink } from './pick.ts';
import type { Token } from './token.ts';
import { fitsUnit } from './units.ts';

const ONCE = /\bcounted (?:only |just )?once\b|\bnot counted twice\b|\bwithout (?:duplicates|repeats|double counting)\b/i;
const GROWS =
  /^(exceed|exceeds|go|goes|rise|rises|climb|climbs|pass|passes|top|tops|stay|stays|remain|remains|are|is|get|gets|reach|reaches|drop|drops|fall|falls|sink|sinks)$/;

/** `daily sales stay below 500 litres`: what the rows of a time add up to, by its unit. */
function worthOf(scan: Scan, bound: Token): Operand | undefined {
  if (bound.t !== 'number' || bound.unit === undefined) return undefined;
  const fits = scan.base.columns.filter((c) => isMeasure(c) && c.isAdditive && fitsUnit(c, bound) > 0.6);
  const worth = revenueOf(scan.base);
  if (worth?.kind === 'column' && fits.includes(worth.ref)) return worth;
  return fits.length === 1 && fits[0] ? columnOperand(fits[0]) : undefined;
}

/** `violence reports exceed 100 in 5 minutes`: rows that a number is said of are counted, and no column of theirs is compared. */
export function readRowsCompared(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  if (!frame.window && !frame.alert) return undefined;
  const link = linkAt(scan, at);
  const table = pickTable(link);
  if (!link || table?.table !== scan.base.name || table.score < (link.candidates[0]?.score ?? 1) - 0.05) return undefined;
  const compared = comparatorAt(scan, link.end);
  const bound = compared && tokens[compared.end];
  const worth = compared && bound && GROWS.test(plainWord(scan, link.end)) ? worthOf(scan, bound) : undefined;
  if (worth && frame.window && frame.measures.length === 0 && !linkAt(scan, (compared?.end ?? 0) + 1)) {
    useLink(scan, link, 'linked');
    frame.measures.push({ kind: 'aggregate', fn: 'SUM', of: worth, only: [], at });
    return link.end;
  }
  if (!compared || bound?.t !== 'number' || bound.unit !== undefined || !GROWS.test(plainWord(scan, link.end))) return undefined;
  // "orders are above 100 euros", "trips exceed 20 km": something of each row.
  if (linkAt(scan, compared.end + 1) || frame.measures.length > 0 || frame.bare.length > 0) return undefined;
  if (!matchAt(tokens, compared.end + 1, 'in|within|per|every|each|over|during|on|,') && compared.end + 1 < tokens.length && !frame.window)
    return undefined;
  useLink(scan, link, 'linked');
  frame.mentionsRows = true;
  frame.measures.push({ kind: 'aggregate', fn: 'COUNT', only: [], at });
  return link.end;
}

/** `how many members came, each counted once`: each of them once, and no group for each. */
export function settleOnce({ frame, input }: Scan): void {
  if (!ONCE.test(input)) return;
  const counted = frame.measures.findIndex((m) => m.kind === 'aggregate' && m.fn === 'COUNT');
  const measure = frame.measures[counted];
  if (measure?.kind !== 'aggregate') return;
  const own = measure.of?.kind === 'column' ? measure.of.ref : undefined;
  const ids = frame.dimensions.filter((d) => d.kind === 'column' && (d.ref === own || (!own && d.ref.isId)));
  const [first] = ids;
  if (!first) return;
  frame.dimensions.splice(frame.dimensions.indexOf(first), 1);
  frame.measures[counted] = { ...measure, of: { kind: 'column', ref: first.ref }, distinct: true };
}
