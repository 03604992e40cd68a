import { isMeasure } from './column-facts.ts';
import { columnOperand, type Operand, type Scan } from './frame.ts';
import { revenueOf, rowNoun, tallMeasure } from './meaning.ts';
import { operandName } from './name-measure.ts';
import { nounPhrase } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickValue } from './pick.ts';
import { stem } from './stem.ts';

const DEALS = /^(trade|swap|deal|fill|execution|bet|wager|sale|transfer)$/;

/** Named figures of a trade: `vwap`, `revenue`, `spread`, `volume`. Adds them and gives the place behind them. */
export function readKnownFigure(scan: Scan, at: number): number | undefined {
  const { tokens, base, frame } = scan;
  const price = base.columns.find((c) => isMeasure(c) && c.words.some((w) => /^(price|px|rate)$/.test(w)));
  const quantity = base.columns.find((c) => c.isQuantity);
  const weighted =
    matchAt(tokens, at, 'vwap') ??
    matchAt(tokens, at, 'volume|quantity - weighted average|avg|mean price?') ??
    matchAt(tokens, at, 'volume|quantity weighted average|avg|mean price?') ??
    matchAt(tokens, at, 'average|avg|mean price weighted by quantity|volume|size');
  if (weighted && price && quantity) {
    use(tokens, weighted, 'measure');
    frame.scores.push(1);
    frame.measures.push({
      kind: 'formula',
      at,
      alias: 'vwap',
      expression: 'SUM({0} * {1}) / NULLIF(SUM({1}), 0)',
      refs: [price, quantity],
    });
    return weighted.end;
  }
  const revenue =
    matchAt(tokens, at, 'revenue|revenues|sales|turnover|gmv|notional|earnings|income|spend|spending|spent|takings value|volume|amount?') ??
    valueOfRows(scan, at);
  const volume = matchAt(tokens, at, 'trading|traded|transacted? volume|volumes');
  if (volume && !pickNumber(linkAt(scan, volume.end - 1))) {
    // What is traded adds up; of anything else "volume" is how many.
    const amount = quantity ? columnOperand(quantity) : DEALS.test(rowNoun(base)) ? revenueOf(base) : undefined;
    if (amount) {
      use(tokens, volume, 'measure');
      frame.scores.push(0.85);
      frame.assumptions.push({ kind: 'column', text: `"volume" is of ${operandName(amount)}` });
      frame.bare.push({ operand: amount, at, only: [] });
      return volume.end;
    }
  }
  if (revenue && (pickColumn(linkAt(scan, at))?.score ?? 0) < 0.75 && (pickValue(linkAt(scan, at))?.score ?? 0) < 0.7) {
    const operand = revenueOf(base) ?? onlyMoney(base);
    if (operand) {
      use(tokens, revenue, 'measure');
      frame.scores.push(0.9);
      // "ticket revenue" of ticket_eur: the number is there.
      const isThere = frame.bare.some((b) => b.operand.kind === 'column' && operand.kind === 'column' && b.operand.ref === operand.ref);
      if (!isThere) frame.bare.push({ operand, at, only: [] });
      return revenue.end;
    }
  }
  const bid = base.columns.find((c) => isMeasure(c) && c.words.includes('bid') && !c.isQuantity);
  const ask = base.columns.find((c) => isMeasure(c) && (c.words.includes('ask') || c.words.includes('offer')) && !c.isQuantity);
  const spread = matchAt(tokens, at, 'bid|ask|the? -|/? ask|bid? spread') ?? matchAt(tokens, at, 'spread|spreads');
  if (spread && bid && ask && !pickColumn(linkAt(scan, at))) {
    use(tokens, spread, 'measure');
    frame.scores.push(0.95);
    frame.bare.push({ operand: { kind: 'binary', operator: '-', left: columnOperand(ask), right: columnOperand(bid) }, at, only: [] });
    return spread.end;
  }
  return readDifference(scan, at);
}

/** What rows earn where one number of theirs is money, whatever it is called. */
function onlyMoney({ columns }: Scan['base']): Operand | undefined {
  const [money, ...others] = columns.filter((c) => isMeasure(c) && c.isMoney);
  return money && others.length === 0 ? columnOperand(money) : undefined;
}

/** `purchase value`, `order amount`: the rows by their worth, where no column is called so. */
function valueOfRows(scan: Scan, at: number) {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || token.stem !== stem(rowNoun(scan.base))) return undefined;
  return matchAt(scan.tokens, at, '#word value|amount|worth|spend');
}

/** `difference between ask and bid`, `range of prices`. */
function readDifference(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const between = matchAt(tokens, at, 'the? difference|gap|delta|spread between the?');
  if (between) {
    const first = linkAt(scan, between.end);
    const joint = first ? matchAt(tokens, first.end, 'and the?') : undefined;
    const second = joint ? linkAt(scan, joint.end) : undefined;
    const left = pickNumber(first) ?? pickColumn(first, (c) => c.kind === 'time');
    const right = pickNumber(second) ?? pickColumn(second, (c) => c.kind === 'time');
    if (first && second && left && right) {
      use(tokens, { start: at, end: second.end }, 'measure');
      frame.scores.push(0.95);
      frame.bare.push({
        operand: { kind: 'binary', operator: '-', left: columnOperand(left.ref), right: columnOperand(right.ref) },
        at,
        only: [],
      });
      return second.end;
    }
    const extremes =
      matchAt(tokens, between.end, 'maximum|max|highest|peak and the? minimum|min|lowest') ??
      matchAt(tokens, between.end, 'minimum|min|lowest and the? maximum|max|highest|peak');
    const phrase = extremes ? nounPhrase(scan, extremes.end, 'number') : undefined;
    if (extremes && phrase?.operand?.kind === 'column') {
      const { ref } = phrase.operand;
      use(tokens, { start: at, end: extremes.end }, 'measure');
      frame.filters.push(...phrase.filters);
      frame.measures.push({ kind: 'formula', at, alias: `${ref.name}_range`, expression: 'MAX({0}) - MIN({0})', refs: [ref] });
      return phrase.end;
    }
  }
  const link = linkAt(scan, at);
  const number = pickNumber(link);
  const range = number && link ? matchAt(tokens, link.end, 'range|ranges|swing|swings') : matchAt(tokens, at, 'range|swing of|in the?');
  const tall = link && !number ? pickValue(link) : undefined;
  const tallRange = tall && link ? matchAt(tokens, link.end, 'range|ranges|swing|swings') : undefined;
  const tallNumber = tall ? tallMeasure(scan, tall.ref) : undefined;
  if (tall && tallRange && tallNumber) {
    use(tokens, { start: at, end: tallRange.end }, 'measure');
    frame.filters.push({ any: [{ left: columnOperand(tall.ref), operator: '=', values: [tall.value] }] });
    frame.measures.push({ kind: 'formula', at, alias: `${tallNumber.name}_range`, expression: 'MAX({0}) - MIN({0})', refs: [tallNumber] });
    return tallRange.end;
  }
  const target = number && link ? number : range ? pickNumber(linkAt(scan, range.end)) : undefined;
  if (!range || !target || matchAt(tokens, range.end, 'from|between|of? #num')) return undefined;
  const last = number && link ? range.end : (linkAt(scan, range.end)?.end ?? range.end);
  use(tokens, { start: at, end: last }, 'measure');
  frame.scores.push(0.95);
  frame.measures.push({ kind: 'formula', at, alias: `${target.ref.name}_range`, expression: 'MAX({0}) - MIN({0})', refs: [target.ref] });
  return last;
}
