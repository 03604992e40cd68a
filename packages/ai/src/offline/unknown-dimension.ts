import { dimensionOf, groups, readList } from './dimensions.ts';
import { plainWord, type Scan, wordAt } from './frame.ts';
import { columnsInReach, meaningAt } from './meaning.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, PERSONS } from './pick.ts';
import { editDistance, splitName } from './stem.ts';
import { aggregateOf, COUNT_WORDS, isStopWord } from './vocabulary.ts';

/** "by colour" where nothing is called so: ask, with the nearest that there is. */
export function unknownDimension(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead =
    matchAt(tokens, at, 'by|per') ?? matchAt(tokens, at, 'for each|every') ?? matchAt(tokens, at, 'grouped|split|broken down? by');
  if (!lead) return undefined;
  let start = lead.end;
  while (/^(the|a|each|every)$/.test(wordAt(scan, start))) start++;
  const token = tokens[start];
  // "below 1.50 per litre": a unit.
  if (tokens[at - 1]?.t === 'number' && wordAt(scan, at) === 'per' && token) {
    use(tokens, { start: at, end: start + 1 }, 'comparison');
    return start + 1;
  }
  if (
    token?.t !== 'word' ||
    token.used !== undefined ||
    linkAt(scan, start) ||
    isStopWord(token.word) ||
    aggregateOf(token.word) !== undefined ||
    PERSONS.test(token.word) ||
    COUNT_WORDS.has(token.word) ||
    ((/^[A-Z][a-z]|\d/.test(token.raw) ||
      /^(?!grouped|sorted|ordered|ranked|split|partitioned|aggregated|summed|averaged|bucketed)(won|made|sent|written|led|driven|[a-z]{3,}ed)$/.test(
        plainWord(scan, at - 1),
      )) &&
      wordAt(scan, at) === 'by')
  )
    return undefined;
  // "by route origin city": the noun before a known one says whose.
  if (dimensionOf(scan, start + 1) && scan.links.get(start + 1)) {
    token.used = 'noun';
    const end = readList(scan, start + 1, lead.start);
    if (end !== undefined) {
      use(tokens, lead, 'by');
      return end;
    }
    delete token.used;
  }
  if (/^p\d\d+$/.test(token.word)) return undefined;
  if (meaningAt(scan, start) || /^(revenu|sale|turnover|vwap|spread|volatil|throughput)/.test(token.stem)) return undefined;
  const options = columnsInReach(scan)
    .filter(groups)
    .map((ref) => ({
      ref,
      distance:
        Math.min(...splitName(ref.name).map((w) => editDistance(w, token.word, 8))) +
        (ref.table === scan.base.name ? 0 : 1) +
        (ref.isId ? 0.5 : 0),
    }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 4);
  const before = scan.input.slice(0, token.start);
  const after = scan.input.slice(token.end);
  frame.clarify ??= {
    question: `There is no field called "${token.raw}" here. Which one do you mean?`,
    options: options.map(({ ref }) => ({ label: ref.name, prompt: `${before}${ref.name}${after}` })),
  };
  use(tokens, { start: at, end: start + 1 }, 'unknown');
  return start + 1;
}
