import { columnOperand, type Filter, type Scan } from './frame.ts';
import { guessColumn } from './guess-column.ts';
import { negate } from './meaning.ts';
import { nounPhrase } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';

/** `excluding refunds`, `not cancelled`, `other than AAPL`. */
export function readExclusion(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead =
    matchAt(tokens, at, 'except|excluding|exclude|ignoring|ignore|without|besides|excl|outside|leave|leaving for|of|out? the?') ??
    matchAt(tokens, at, 'other than the?') ??
    matchAt(tokens, at, 'that|which|who? is|are|was|were? not|never|non -? a|an|in|from|been?') ??
    matchAt(tokens, at, 'that|which|who aren|isn|wasn|weren|don t') ??
    matchAt(tokens, at, 'no');
  if (!lead) return undefined;
  const isNot = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && /^(not|never|non|aren|isn|wasn|weren|don)$/.test(t.word));
  let end = lead.end;
  const found: Filter[] = [];
  for (let guard = 0; guard < 5; guard++) {
    const phrase = nounPhrase(scan, end, 'any');
    const guessed = phrase.filters.length > 0 ? undefined : guessColumn(scan, end);
    if (phrase.filters.length > 0) {
      // "not diverted in the cruise phase": the first is denied, the rest says where.
      const [first, ...others] = phrase.filters;
      if (isNot && first) {
        found.push(first);
        frame.filters.push(...others);
      } else found.push(...phrase.filters);
      end = phrase.end;
    } else if (guessed) {
      found.push({ any: [{ left: columnOperand(guessed.ref), operator: '=', values: [guessed.value] }] });
      use(tokens, { start: end, end: guessed.end }, 'filter');
      end = guessed.end;
    } else break;
    const joint = matchAt(tokens, end, ',? and|or|, the?');
    if (!joint) break;
    end = joint.end;
  }
  if (found.length === 0) return undefined;
  use(tokens, lead, 'filter');
  frame.scores.push(0.9);
  frame.filters.push(...found.map(negate));
  return end;
}
