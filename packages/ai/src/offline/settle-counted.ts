import { type ColumnRef, isMeasure } from './column-facts.ts';
import { columnOperand, plainWord, type Scan } from './frame.ts';
import { stem } from './stem.ts';

const LISTS = /^(?:and|,|&|plus|\+|with|alongside|versus|vs)$/;
const SMALL = /^(?:the|their|its|total|sum|average|avg|mean|median|max|maximum|min|minimum|of)$/;

/** `orders and revenue by city`, `amount, orders per day`: rows that stand in a list of figures are counted beside them. */
function countListed({ frame, base, tokens, links }: Scan): void {
  const isGrouped = frame.dimensions.length > 0 || frame.window !== undefined;
  const isOther = frame.top ?? frame.order ?? frame.rows ?? frame.rowFunctions[0] ?? frame.alert;
  if (!isGrouped || isOther || frame.measures.some((m) => m.kind !== 'aggregate' || m.fn === 'COUNT')) return;
  const isFigure = (at: number): boolean => frame.bare.some((b) => b.at === at && b.operand.kind === 'column' && isMeasure(b.operand.ref));
  const isHead = (at: number): boolean => isFigure(at) || frame.measures.some((m) => m.at === at);
  for (const link of links.values()) {
    const isRows = link.candidates[0]?.target.kind === 'table' && link.candidates[0].target.table === base.name;
    if (!isRows || !/[^s]s$/.test(tokens[link.end - 1]?.raw ?? '')) continue;
    let next = link.end;
    while (LISTS.test(plainWord({ tokens }, next)) || tokens[next]?.raw === ',') next++;
    const isBefore = next > link.end && plainWord({ tokens }, next - 1) !== 'with';
    while (!isHead(next) && SMALL.test(plainWord({ tokens }, next))) next++;
    let last = link.start - 1;
    while (LISTS.test(plainWord({ tokens }, last)) || tokens[last]?.raw === ',') last--;
    const isBehind = last < link.start - 1 && frame.bare.some((b) => links.get(b.at)?.end === last + 1 && isFigure(b.at));
    if (!(isBefore && isHead(next)) && !isBehind) continue;
    frame.measures.unshift({ kind: 'aggregate', fn: 'COUNT', only: [], at: link.start });
    return;
  }
}

/**
 * What is counted, once all of a sentence is known: `unique passes per pass type` are not the types, and `how often` is a number of rows
 * whatever the verb is called.
 */
export function settleCounted(scan: Scan): void {
  const { frame, base, input } = scan;
  countListed(scan);
  for (const [i, measure] of frame.measures.entries()) {
    const own = measure.kind === 'aggregate' && measure.distinct && measure.of?.kind === 'column' ? measure.of.ref : undefined;
    if (!own || measure.kind !== 'aggregate' || !frame.dimensions.some((d) => d.kind === 'column' && d.ref === own)) continue;
    const said = stem(own.words[0] ?? '');
    const others = base.columns.filter((c) => c !== own && c.kind === 'text' && stem(c.words[0] ?? '') === said);
    const [other] = others.length === 1 ? others : others.filter((c) => c.isId);
    if (other) frame.measures[i] = { ...measure, of: columnOperand(other) };
  }
  const numbers = frame.bare.filter((b) => b.operand.kind === 'column' && isMeasure(b.operand.ref));
  if (/\bhow (?:often|many times)\b/i.test(input) && numbers.length > 0 && frame.measures.length + frame.comparisons.length === 0) {
    for (const b of numbers) frame.bare.splice(frame.bare.indexOf(b), 1);
    frame.measures.push({ kind: 'aggregate', fn: 'COUNT', only: [], at: numbers[0]?.at ?? 0 });
  }
  const [number] = numbers;
  // "how fast did each player sprint at most"
  if (
    number &&
    numbers.length === 1 &&
    frame.measures.length + frame.comparisons.length === 0 &&
    /^how [a-z]+\b.* at most(?! \d)/i.test(input)
  ) {
    frame.bare.splice(frame.bare.indexOf(number), 1);
    frame.measures.push({ kind: 'aggregate', fn: 'MAX', of: number.operand, only: number.only, at: number.at });
  }
  // "how many minutes do patients wait on average": one figure.
  if (/\bhow (?:many|much)\b.* on average\b/i.test(input)) {
    const isOf = (fn: string, ref?: ColumnRef): boolean =>
      frame.measures.some((m) => m.kind === 'aggregate' && m.fn === fn && m.of?.kind === 'column' && (!ref || m.of.ref === ref));
    const sum = frame.measures.findIndex(
      (m) => m.kind === 'aggregate' && m.fn === 'SUM' && m.of?.kind === 'column' && isOf('AVG', m.of.ref),
    );
    if (sum >= 0) frame.measures.splice(sum, 1);
  }
}
