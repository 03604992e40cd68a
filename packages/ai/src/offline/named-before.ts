import { type ColumnRef, isMeasure } from './column-facts.ts';
import { plainWord, type Scan } from './frame.ts';
import type { Link } from './link.ts';
import { columnsInReach } from './meaning.ts';
import { pickColumn, pickTable } from './pick.ts';
import type { Token } from './token.ts';
import { fitsUnit } from './units.ts';

const FILLER =
  /^(that|which|who|whose|are|is|was|were|about|running|lasting|worth|costing|weighing|of|with|lying|situated|standing|for|,)$/;

/** The relation that the words of a link speak of: its own name, or the key that points at it. */
export function relationOf(scan: Scan, link: Link): string | undefined {
  const first = link.candidates[0]?.target;
  if (first?.kind === 'table') return pickTable(link)?.table;
  const key = pickColumn(link, (c) => c.kind === 'text')?.ref;
  if (!key || first?.kind !== 'column' || first.ref !== key) return undefined;
  for (const [table, [edge]] of scan.hops) if (edge && edge.left.name === key.name && scan.lexicon.table(table)?.isTable) return table;
  return undefined;
}

const SINCE = /^(before|after|since|until|earlier|later|older|newer)$/;

/** `machines from before 2005`, `lifts that went in after 1995`: the one year that is known of things. */
function yearOf(scan: Scan, token: Token, at: number): ColumnRef | undefined {
  if (token.t !== 'number' || !/^(?:1[89]|20)\d\d$/.test(token.raw) || ![at, at + 1].some((i) => SINCE.test(plainWord(scan, i))))
    return undefined;
  const years = columnsInReach(scan).filter(
    (c) => c.kind === 'number' && c.words.some((w) => /^(year|built|opened|installed|founded|bought)$/.test(w)),
  );
  return years.length === 1 ? years[0] : undefined;
}

/** `films running longer than 150 minutes`, `gates above 2500 m`: an amount of the things named right before it, told by its unit. */
export function namedBefore(scan: Scan, token: Token, at: number, hasOther: boolean): ColumnRef | undefined {
  const year = yearOf(scan, token, at);
  if (year || hasOther) return year;
  if (token.t !== 'duration' && !(token.t === 'number' && token.unit !== undefined)) return undefined;
  let end = at;
  while (end > 0 && FILLER.test(plainWord(scan, end - 1))) end--;
  const isClause = /^(that|which|who|whose|with)$/.test(plainWord(scan, end));
  const link = [...scan.links.values()].find((l) => l.end === end);
  const table = link && relationOf(scan, link);
  if (table === undefined || table === scan.base.name) return undefined;
  const columns = scan.lexicon.table(table)?.columns ?? [];
  // "2500 m" of things that have a height are no minutes.
  const isLength = token.t === 'duration' && token.unit === 'm' && columns.some((c) => c.unit === 'meter');
  const fits = (c: ColumnRef): boolean => isMeasure(c) && (isLength ? c.unit === 'meter' : fitsUnit(c, token) > 0.6);
  const own = scan.base.columns.some(fits);
  const [first, second] = columns.filter(fits).toSorted((a, b) => fitsUnit(b, token) - fitsUnit(a, token));
  const isSure = first !== undefined && (!second || fitsUnit(first, token) > fitsUnit(second, token));
  return isSure && (!own || isClause) ? first : undefined;
}
