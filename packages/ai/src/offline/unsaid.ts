import type { ColumnRef } from './column-facts.ts';
import { plainWord, type Scan } from './frame.ts';
import { isKnownWord, isStopWord } from './vocabulary.ts';

/** Whether a question gives every row of a source, or some of its columns: whatever else it said has come to nothing. */
function isEveryRow({ frame }: Scan): boolean {
  return (
    (frame.mentionsRows || frame.bare.length > 0) &&
    frame.measures.length + frame.dimensions.length + frame.filters.length + frame.comparisons.length + frame.rowFunctions.length === 0 &&
    !(frame.top || frame.order || frame.rows || frame.alert || frame.sink || frame.antiJoin || frame.window || frame.distinctRows)
  );
}

/** A word that carries something and that nothing has explained. */
const isOpen = (scan: Scan, at: number): boolean => {
  const token = scan.tokens[at];
  return token?.t === 'word' && token.used === undefined && !token.glued && !isStopWord(token.word) && /^[a-z]+$/.test(token.raw);
};

/** `pricey calls`, `guests who stay a long time`, `units that are about to go off`: what is said of the rows, where no row is left out by it. */
function saidOfRows(scan: Scan): string | undefined {
  if (!isEveryRow(scan)) return undefined;
  const { tokens, input } = scan;
  // "add the ward to every visit": what is to be done with them says nothing of them.
  const isDeed = (i: number): boolean =>
    isKnownWord(plainWord(scan, i)) && /^(?:the|an?|all|every|each|its|their)$/.test(plainWord(scan, i + 1));
  const at = tokens.findIndex((_, i) => isOpen(scan, i) && !isDeed(i));
  if (at >= 0) return tokens[at]?.raw;
  return /\b(?:that|which|who)\s+((?!(?:we|i|you|they)\b)\w+.*?)\s*[.?!]?\s*$/i.exec(input)?.[1];
}

/** `transfers per branch manager`: what the rows would be grouped by, where they are not. */
function saidOfGroups(scan: Scan): string | undefined {
  const { frame, tokens } = scan;
  if (
    frame.measures.length + frame.dimensions.length + frame.comparisons.length > 0 ||
    frame.top ||
    frame.order ||
    frame.window ||
    frame.rows
  )
    return undefined;
  const per = tokens.findIndex((t) => t.t === 'word' && t.word === 'per' && t.used === undefined);
  const next = tokens[per + 1];
  return per > 0 && next?.t === 'word' ? scan.input.slice(next.start).replace(/\W+$/, '') : undefined;
}

/** `is resolver r2 misconfigured`, `was the sentence fair`: a question of yes or no about a word that no column answers. */
function saidOfOne(scan: Scan): string | undefined {
  const { frame, tokens, input } = scan;
  if (!/^\s*(?:is|are|was|were|does|do|did|has|have)\b/i.test(input) || /\bthere\b/i.test(input)) return undefined;
  if (frame.measures.length + frame.comparisons.length + frame.dimensions.length > 0 || frame.alert) return undefined;
  const at = tokens.findLastIndex((_, i) => isOpen(scan, i) && !isKnownWord(plainWord(scan, i)));
  return at < 0 ? undefined : tokens[at]?.raw;
}

/** `cells with a poor drop rate`: what a figure is said to be, without how much. */
function saidOfFigure(scan: Scan): string | undefined {
  const { frame, tokens } = scan;
  if (frame.comparisons.length > 0 || frame.top || frame.order || frame.alert) return undefined;
  const numbers = new Set([...frame.measures.map((m) => m.at), ...frame.bare.map((b) => b.at)]);
  const at = tokens.findIndex((_, i) => {
    if (!isOpen(scan, i) || tokens[i + 1]?.used === undefined) return false;
    const before = plainWord(scan, i - 1);
    return (
      /^(?:with|having|has|have)$/.test(/^an?$/.test(before) ? plainWord(scan, i - 2) : before) &&
      [...numbers].some((n) => n > i && n - i < 4)
    );
  });
  return at < 0 ? undefined : tokens[at]?.raw;
}

/** What a sentence says that its reading leaves out, in its own words: a condition, a group, a judgement. */
export const unsaid = (scan: Scan): string | undefined => saidOfRows(scan) ?? saidOfGroups(scan) ?? saidOfOne(scan) ?? saidOfFigure(scan);

/** Statistics that a column may hold ready, and how a question says which. */
const STATISTIC = /^(?:avg|average|mean|max|maximum|peak|min|minimum|median|p\d\d)$/;
const TOLD = /\b(?:average|avg|mean|typical|max\w*|top|peak\w*|high\w*|min\w*|low\w*|median|p\d\d|percentile)\b/i;

/** `pulse over 160` of `avg_pulse` and `max_pulse`: columns that differ in their statistic alone, where none is told. */
export function eitherStatistic({ frame, base, input }: Scan): readonly ColumnRef[] | undefined {
  if (TOLD.test(input)) return undefined;
  for (const { subject } of frame.comparisons) {
    const ref = subject.kind === 'column' && subject.operand.kind === 'column' ? subject.operand.ref : undefined;
    if (!ref?.words.some((w) => STATISTIC.test(w))) continue;
    const name = plainName(ref);
    const alike = base.columns.filter((c) => c.words.some((w) => STATISTIC.test(w)) && plainName(c) === name);
    if (alike.length > 1) return alike;
  }
  return undefined;
}

const plainName = (ref: ColumnRef): string => ref.words.filter((w) => !STATISTIC.test(w)).join(' ');
