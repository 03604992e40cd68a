import type { ColumnRef } from './column-facts.ts';
import { columnOperand, type Filter, isAdditive, plainWord, type Scan } from './frame.ts';
import { negate } from './meaning.ts';
import { flagFilter, nounPhrase } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickValue } from './pick.ts';
import { isKnownWord } from './vocabulary.ts';

/** `versus normal`, `vs the others`: those of which the flag does not hold. */
function oppositeAt(scan: Scan, at: number): number | undefined {
  const joint = matchAt(scan.tokens, at, 'vs|versus|against .? the? normal|regular|ordinary|standard|others|other|rest|not|non');
  const plain = matchAt(scan.tokens, at, 'vs|versus|against .? the? #word');
  const word = plain?.slots[0];
  const isUnknown = plain && word?.t === 'word' && !scan.links.has(plain.end - 1) && !isKnownWord(word.word);
  return joint?.end ?? (isUnknown ? plain.end : undefined);
}

/** `settled vs rejected amounts per channel`: one figure for each value. */
export function readVersus(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const filters: Filter[] = [];
  let end = at;
  let isVersus = false;
  for (let guard = 0; guard < 5; guard++) {
    const negative = matchAt(tokens, end, 'non|not -?');
    const link = linkAt(scan, negative?.end ?? end);
    const named = pickValue(link);
    const flag = pickColumn(link, (c) => c.kind === 'boolean');
    if (!link || !(named ?? flag)) break;
    const filter =
      named && named.score >= (flag?.score ?? 0)
        ? { any: [{ left: columnOperand(named.ref), operator: '=' as const, values: [named.value] }] }
        : flagFilter((flag as { ref: ColumnRef }).ref, true);
    filters.push(negative ? negate(filter) : filter);
    end = link.end;
    const joint =
      matchAt(tokens, end, 'vs|versus|against .? the?') ??
      matchAt(tokens, end, 'compared to|with the?') ??
      matchAt(tokens, end, ',? and|,');
    if (!joint) break;
    isVersus ||= !/^(and|,)$/.test(plainWord(scan, joint.start));
    const next = linkAt(scan, matchAt(tokens, joint.end, 'non|not -?')?.end ?? joint.end);
    if (!pickValue(next) && !pickColumn(next, (c) => c.kind === 'boolean')) break;
    end = joint.end;
  }
  const opposite = filters.length === 1 ? oppositeAt(scan, end) : undefined;
  const [alone] = filters;
  const split = alone?.any[0]?.left;
  if (opposite !== undefined && split?.kind === 'column') {
    use(tokens, { start: at, end: opposite }, 'pivot');
    frame.dimensions.push({ kind: 'column', ref: split.ref, at });
    return opposite;
  }
  const [first] = filters;
  const column = first?.any[0]?.left;
  if (!isVersus || filters.length < 2 || !filters.every((f) => JSON.stringify(f.any[0]?.left) === JSON.stringify(column))) return undefined;
  if (frame.measures.length > 0 && column?.kind === 'column') {
    // "average weight of loaded vs missed bags": the measure is there, the values are its groups.
    use(tokens, { start: at, end }, 'pivot');
    frame.dimensions.push({ kind: 'column', ref: column.ref, at });
    frame.filters.push({ any: [{ left: column, operator: 'IN', values: filters.flatMap((f) => f.any[0]?.values ?? []) }] });
    return end;
  }
  use(tokens, { start: at, end }, 'pivot');
  const phrase = nounPhrase(scan, end, 'any');
  frame.filters.push(...phrase.filters);
  frame.scores.push(0.95);
  const of = phrase.operand;
  filters.forEach((filter, i) => {
    frame.measures.push({
      kind: 'aggregate',
      at: at + i / 10,
      only: [filter],
      ...(of ? { fn: isAdditive(of) ? 'SUM' : 'AVG', of } : { fn: 'COUNT' }),
    });
  });
  return Math.max(end, phrase.end);
}
