import { isMeasure } from './column-facts.ts';
import { columnOperand, isAdditive, type Scan, wordAt } from './frame.ts';
import { matchAt, use } from './pattern.ts';
import { longForm } from './synonyms.ts';

/** What "how long", "how far", "how old" asks for: words of the columns that tell it, best first. */
const ASKED: readonly (readonly [RegExp, string])[] = [
  [/^long$/, 'duration length elapsed time took prep runtime wait dwell min minutes seconds ms'],
  [/^(fast|quickly|slow|slowly)$/, 'speed latency duration elapsed response time'],
  [/^far$/, 'distance mileage range km'],
  [/^heavy$/, 'weight mass load'],
  [/^old$/, 'age years days open'],
  [/^(hot|warm|cold)$/, 'temperature temp celsius'],
  [/^(expensive|costly|pricey)$/, 'price cost amount fare total'],
  [/^late$/, 'delay late lateness overdue'],
  [/^(full|crowded|busy)$/, 'occupancy utilisation utilization load fill'],
  [/^tall$/, 'height'],
  [/^deep$/, 'depth'],
  [/^loud$/, 'noise sound db volume'],
  [/^strong$/, 'force strength wind signal'],
];

/** `how long do mains take`, `how far does each courier drive`: the number that the adjective asks for. */
export function readHow(scan: Scan, at: number): number | undefined {
  const lead = matchAt(scan.tokens, at, 'how #word is|are|was|were|do|does|did?');
  const names = lead && ASKED.find(([adjective]) => adjective.test(wordAt(scan, at + 1)))?.[1].split(' ');
  if (!lead || !names) return undefined;
  const rank = (words: readonly string[]): number => names.findIndex((name) => words.some((w) => (longForm(w) ?? w) === name));
  const numbers = scan.base.columns.filter((c) => isMeasure(c) && rank(c.words) >= 0);
  const said = numbers.toSorted((a, b) => rank(a.words) - rank(b.words))[0];
  if (!said) return undefined;
  use(scan.tokens, lead, 'measure');
  scan.frame.scores.push(0.85);
  const of = columnOperand(said);
  const isAggregated = /\b(average|mean|median|total|max\w*|min\w*|longest|shortest|p\d\d)\b/i.test(scan.input);
  if (isAggregated) scan.frame.bare.push({ operand: of, at, only: [] });
  else
    scan.frame.measures.push({
      kind: 'aggregate',
      fn: names[0] === 'distance' && isAdditive(of) ? 'SUM' : 'AVG',
      of,
      at,
      only: [],
      implied: true,
    });
  scan.frame.assumptions.push({ kind: 'column', text: `"how ${wordAt(scan, at + 1) || scan.tokens[at + 1]?.raw}" is ${said.name}` });
  return lead.end;
}
