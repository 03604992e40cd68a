import { isMeasure } from './column-facts.ts';
import { type Aggregate, columnOperand, isAdditive, type Scan } from './frame.ts';
import { readKnownFigure } from './known-figures.ts';
import { nounPhrase } from './noun-phrase.ts';
import { type Found, matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickNumber, referenceTo } from './pick.ts';

/** One of the two figures that a ratio is of. */
export interface Side {
  readonly aggregate: Aggregate;
  /** Behind its last word. */
  readonly end: number;
}

export const total = ({ operand, only }: Scan['frame']['bare'][number]): Aggregate => ({
  fn: isAdditive(operand) ? 'SUM' : 'AVG',
  of: operand,
  only,
});

/** One side of `ratio of A to B`: rows that are something, or the sum of a number. */
export function side(scan: Scan, at: number): Side | undefined {
  const aggregated = pickNumber(linkAt(scan, at))
    ? undefined
    : matchAt(scan.tokens, at, 'the? average|avg|mean|total|sum|max|maximum|highest|min|minimum|lowest|number|count of?');
  const phrase = nounPhrase(scan, aggregated?.end ?? at, 'any');
  if (!phrase.found) return knownSide(scan, aggregated?.end ?? at) ?? spanSide(scan, aggregated);
  if (aggregated) use(scan.tokens, aggregated, 'aggregate');
  const word = aggregated ? wordsIn(scan.tokens, aggregated).join(' ') : '';
  const only = phrase.filters;
  // "the number of loaves": a column that counts them is added up.
  const isCount = /number|count/.test(word) && !(phrase.table === undefined && phrase.operand && isAdditive(phrase.operand));
  if (phrase.operand && !isCount) {
    const fn = /average|avg|mean/.test(word)
      ? 'AVG'
      : /max|highest/.test(word)
        ? 'MAX'
        : /min|lowest/.test(word)
          ? 'MIN'
          : isAdditive(phrase.operand) || /total|sum/.test(word)
            ? 'SUM'
            : 'AVG';
    return { aggregate: { fn, of: phrase.operand, only }, end: phrase.end };
  }
  // "the number of unique viewers": of another relation, the column that refers to it.
  const isOther = phrase.table !== undefined && phrase.table !== scan.base.name;
  const thing = phrase.thing ?? (isOther ? referenceTo(scan, phrase.table as string) : undefined);
  if (thing && only.length === 0) return { aggregate: { fn: 'COUNT', of: columnOperand(thing), distinct: true, only }, end: phrase.end };
  return { aggregate: { fn: 'COUNT', only }, end: phrase.end };
}

/** `fees as a share of volume`: a figure that no column has. */
function knownSide(scan: Scan, at: number): Side | undefined {
  const before = scan.frame.bare.length;
  const end = readKnownFigure(scan, at);
  const figure = scan.frame.bare.length > before ? scan.frame.bare.pop() : undefined;
  return end !== undefined && figure ? { aggregate: total(figure), end } : undefined;
}

/** `total seconds`: the one column that holds so many of them. */
function spanSide(scan: Scan, aggregated: Found | undefined): Side | undefined {
  const told = aggregated && matchAt(scan.tokens, aggregated.end, 'seconds|minutes|hours|days');
  const unit = told && { seconds: 's', minutes: 'min', hours: 'h', days: 'd' }[wordsIn(scan.tokens, told)[0] ?? ''];
  const [span, ...others] = unit === undefined ? [] : scan.base.columns.filter((c) => isMeasure(c) && c.unit === unit);
  if (!told || !span || others.length > 0) return undefined;
  use(scan.tokens, { start: aggregated.start, end: told.end }, 'measure');
  return { aggregate: { fn: 'SUM', of: columnOperand(span), only: [] }, end: told.end };
}
