import { columnOperand, plainWord, type Scan, wordAt } from './frame.ts';
import { defaultMeasure } from './meaning.ts';
import { nounPhrase } from './noun-phrase.ts';
import { findPattern, matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, useLink } from './pick.ts';

const BACK =
  'from|since|versus|vs|compared|relative|over|to|against|between|with|on|minus with|to|the? the|its|their|each? previous|prior|last|preceding|consecutive|earlier|successive one|value|reading|readings|trade|trades|price|row|rows|record|event|measurement|tick|sample|samples|values|message?';

/** `3 back`: not the last row, but so many before. */
function backAt(scan: Scan, at: number): { back?: number } {
  const found = matchAt(scan.tokens, at, '#int back');
  const count = found?.slots[0];
  if (!found || count?.t !== 'number') return {};
  use(scan.tokens, found, 'measure');
  return { back: count.value };
}

/** `price change from the previous trade`, `previous reading`, `difference between consecutive readings`. */
export function readRowFunction(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const change = matchAt(
    tokens,
    at,
    'the? percent|percentage|relative|%? change|difference|delta|increase|jump|move|movement|diff|rise|drop|changes|ratio in|of|for|between|from? the?',
  );
  if (change && findPattern(tokens, BACK)) {
    const percent = tokens.slice(change.start, change.end).some((t) => 'word' in t && /^(percent|percentage|relative|%)$/.test(t.word));
    const consecutive = matchAt(tokens, change.end, 'consecutive|successive|each|two?');
    const link = linkAt(scan, consecutive?.end ?? change.end);
    const number = pickNumber(link);
    const prior = scan.frame.bare.at(-1);
    const operand = number && link ? columnOperand(number.ref) : prior ? prior.operand : undefined;
    const fallback = operand ?? (defaultMeasure(scan.base) ? columnOperand(defaultMeasure(scan.base) as never) : undefined);
    if (!fallback) return undefined;
    if (link && number) useLink(scan, link, 'measure');
    if (!number && prior) frame.bare.pop();
    use(tokens, change, 'measure');
    if (consecutive) use(tokens, consecutive, 'measure');
    const back = findPattern(tokens, BACK);
    if (back) use(tokens, back, 'measure');
    const kind = plainWord(scan, at) === 'ratio' ? 'ratio' : percent ? 'percent-change' : 'change';
    frame.rowFunctions.push({ kind, operand: fallback, ...(back ? backAt(scan, back.end) : {}) });
    frame.scores.push(0.9);
    return back && back.start <= (link?.end ?? change.end) ? back.end : (link?.end ?? change.end);
  }
  const previous = matchAt(tokens, at, 'and|with|to|the|its|their? the|its? previous|prior|preceding|next');
  if (previous && !/^(to)$/.test(wordAt(scan, at))) {
    const isNext = wordAt(scan, previous.end - 1) === 'next';
    // "groom and previous groom": a text as well, where it stands beside itself.
    const same = pickColumn(linkAt(scan, previous.end), (c) => c.kind === 'text');
    const beside = same && frame.bare.find((b) => b.operand.kind === 'column' && b.operand.ref === same.ref);
    const phrase = beside ? { operand: beside.operand, end: previous.end + 1 } : nounPhrase(scan, previous.end, 'number');
    if (phrase.operand) {
      use(tokens, beside ? { start: at, end: phrase.end } : previous, 'measure');
      frame.rowFunctions.push({ kind: isNext ? 'next' : 'previous', operand: phrase.operand, ...backAt(scan, phrase.end) });
      return phrase.end;
    }
  }
  const link = linkAt(scan, at);
  const number = pickNumber(link);
  const tail =
    link && number ? matchAt(tokens, link.end, 'percent|percentage|%? change|difference|delta|movement|diff|changes') : undefined;
  const back = tail ? matchAt(tokens, tail.end, BACK) : undefined;
  if (link && number && tail && back) {
    const percent = tokens.slice(tail.start, tail.end).some((t) => 'word' in t && /^(percent|percentage|%)$/.test(t.word));
    use(tokens, { start: at, end: back.end }, 'measure');
    frame.rowFunctions.push({ kind: percent ? 'percent-change' : 'change', operand: columnOperand(number.ref) });
    frame.scores.push(0.92);
    return back.end;
  }
  const versus =
    link && number
      ? matchAt(
          tokens,
          link.end,
          'compared|versus|vs|minus|against with|to? the|its? previous|prior|last|preceding one|value|reading|row|price|trade?',
        )
      : undefined;
  if (link && number && versus) {
    use(tokens, { start: at, end: versus.end }, 'measure');
    frame.rowFunctions.push({ kind: 'change', operand: columnOperand(number.ref) });
    return versus.end;
  }
  return undefined;
}
