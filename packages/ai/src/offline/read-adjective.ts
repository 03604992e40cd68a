import { type ColumnRef, isMeasure } from './column-facts.ts';
import { dimensionOf } from './dimensions.ts';
import { columnOperand, type Filter, isAdditive, plainWord, type Scan, wordAt } from './frame.ts';
import { negate } from './meaning.ts';
import { flagFilter, nounPhrase } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickValue, useLink } from './pick.ts';
import { ADJECTIVE_MEASURES } from './vocabulary.ts';

/** `hottest sensors`, `slowest endpoints`: a ranking of things by the measure that the adjective names. */
export function readAdjective(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(
    tokens,
    at,
    'the? most? hottest|warmest|slowest|fastest|quickest|longest|heaviest|priciest|coldest|coolest|shortest|lightest|cheapest|loudest|expensive',
  );
  if (!lead || frame.top) return undefined;
  const word = wordAt(scan, lead.end - 1);
  const dimension = dimensionOf(scan, lead.end);
  const link = linkAt(scan, lead.end);
  const number = pickNumber(link);
  const table = pickTable(link);
  if (!link || !(dimension || table) || (number && number.score > (dimension?.score ?? 0))) return undefined;
  const hint = ADJECTIVE_MEASURES[word];
  const column = hint && scan.base.columns.find((c) => isMeasure(c) && c.words.some((w) => hint.includes(w)));
  if (table?.table === scan.base.name && column && /^(by|per|for|in|of)$/.test(wordAt(scan, link.end))) {
    use(tokens, lead, 'aggregate');
    useLink(scan, link, 'table');
    const low = /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word);
    frame.measures.push({ kind: 'aggregate', fn: low ? 'MIN' : 'MAX', of: columnOperand(column), only: [], at });
    return link.end;
  }
  const many = /[^su]s$/.test(tokens[link.end - 1]?.raw ?? '');
  use(tokens, lead, 'top');
  frame.top = {
    count: many ? 10 : 1,
    isAssumed: many,
    ofRows: false,
    adjective: word,
    at: lead.end,
    direction: /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word) ? 'ASC' : 'DESC',
  };
  return lead.end;
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
  const [first] = filters;
  const column = first?.any[0]?.left;
  if (!isVersus || filters.length < 2 || !filters.every((f) => JSON.stringify(f.any[0]?.left) === JSON.stringify(column))) return undefined;
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
