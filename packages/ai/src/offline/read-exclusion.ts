import type { ColumnRef } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { columnOperand, type Filter, type Scan } from './frame.ts';
import { guessColumn } from './guess-column.ts';
import { negate } from './meaning.ts';
import { nounPhrase } from './noun-phrase.ts';
import { type Found, keepUses, matchAt, use, wordIn } from './pattern.ts';
import { linkAt, pickColumn, pickValue, useLink } from './pick.ts';
import { equality } from './read-link.ts';
import { isCount } from './read-undone.ts';
import { isKnownWord } from './vocabulary.ts';

/** `not rated`, `unassigned`: what a participle names is not there. */
function undoneAt(scan: Scan, at: number, end: number): { ref: ColumnRef; end: number } | undefined {
  const link = scan.links.get(at);
  const column = pickColumn(link, (c) => c.kind === 'number' || c.kind === 'text' || c.kind === 'time');
  if (
    !link ||
    !column ||
    !/(ed|en)$/.test(scan.tokens[at]?.raw ?? '') ||
    /^[A-Z]$/.test(scan.tokens[link?.end ?? at]?.raw ?? '') ||
    comparatorAt(scan, link.end)
  )
    return undefined;
  return { ref: column.ref, end: Math.max(link.end, end === at ? link.end : Math.min(end, link.end)) };
}

const SMALL = 'in|from|on|at|by|with|via|of|to|for|into|under|over|through|using|as|a|an|the|any|its|their|been|being';

/** `not headed to FRA`, `did not use a passkey`, `didn't come in by email`: the verb says nothing, what follows is denied. */
function pastVerb(scan: Scan, at: number, isAuxiliary: boolean): number {
  const token = scan.tokens[at];
  // "not reported by the public"
  const by = matchAt(scan.tokens, at + 1, 'by the|a|an?');
  const isVerb =
    token?.t === 'word' &&
    (!scan.links.has(at) || (by !== undefined && pickValue(scan.links.get(by.end)) !== undefined)) &&
    /^[a-z]+$/.test(token.raw) &&
    (isAuxiliary ? isPlainVerb(token.word) : isParticiple(token.word));
  let end = isVerb ? at + 1 : at;
  while (matchAt(scan.tokens, end, SMALL)) end++;
  return isVerb && end === at + 1 && !scan.links.has(end) && !guessColumn(scan, end) ? at : end;
}

const isParticiple = (word: string): boolean => /[a-z]{2}(ed|ing|en)$/.test(word) && !isKnownWord(word);
/** Behind "did not": any word may be the verb, but for the words of a comparison. */
const isPlainVerb = (word: string): boolean =>
  !/^(exceed|surpass|top|reach|contain|include|mention|match|have|more|less|over|above|below|under|at|in|on|by|from|to|the|a|an|any|equal|start|end|begin)$/.test(
    word,
  );

const columnOf = (filter: Filter | undefined): ColumnRef | undefined => {
  const left = filter?.any[0]?.left;
  return left?.kind === 'column' ? left.ref : undefined;
};

/** `all jobs but the rejected ones`, `everything sold there but beer`. */
function exceptAt(scan: Scan, at: number): Found | undefined {
  const lead = matchAt(scan.tokens, at, 'but|except the|those|for|in|from?');
  const isAll =
    lead &&
    scan.tokens.slice(0, at).some((t) => 'word' in t && /^(all|every|everything|everyone|everybody|any|anything|anyone)$/.test(t.word));
  const value = lead && isAll ? pickValue(linkAt(scan, lead.end)) : undefined;
  return lead && value && value.score > 0.8 && !comparatorAt(scan, lead.end) ? lead : undefined;
}

/** The words that take rows out: `excluding the`, `other than`, `that were not`. */
function exclusionAt(scan: Scan, at: number): Found | undefined {
  const { tokens } = scan;
  return (
    matchAt(
      tokens,
      at,
      'except|excluding|exclude|ignoring|ignore|without|besides|excl|outside|skip|omit|omitting|drop|remove|hide|minus|barring for|of|out|aside? any|all|those|ones? in|from|on|at|by|via|over|through|with|to? the?',
    ) ??
    matchAt(tokens, at, 'leave|leaving out|aside|off|away any|all|the|those|ones|in|from|on|at?') ??
    matchAt(tokens, at, 'not counting|including|considering any|all|the?') ??
    matchAt(tokens, at, 'with the exception of any|all|the?') ??
    matchAt(tokens, at, 'rather than a|an|the?') ??
    matchAt(tokens, at, 'neither in|from|on|at|by? a|an|the?') ??
    matchAt(tokens, at, 'other than in|from|on|at|by|via|over|through|with|to? the?') ??
    matchAt(tokens, at, 'apart|aside from the?') ??
    matchAt(
      tokens,
      at,
      'all|any|anything|everything|anyone|everyone|anybody|everybody|anywhere|everywhere but|except in|from|on|at|for|by|via|over|through|with|to? the?',
    ) ??
    exceptAt(scan, at) ??
    matchAt(tokens, at, 'but not in|from|on|at|by|for|via|with|to? the|a|an?') ??
    matchAt(
      tokens,
      at,
      'that|which|who|but? is|are|was|were|do|does|did|have|has|had? not|never|non -? come|go|going|coming|paid|made|sent|taken|done|used|marked|flagged|considered? a|an|in|from|been|on|at|by|with|via|of|to|for|under? the?',
    ) ??
    matchAt(tokens, at, 'no')
  );
}

/** `not paid or cancelled` of a state `paid`: a verb that says nothing elsewhere is what is denied. */
function heldLead({ links }: Scan, lead: Found | undefined): Found | undefined {
  const last = lead && links.get(lead.end - 1);
  const said = pickValue(last) ?? pickColumn(last, (c) => c.kind === 'boolean');
  return lead && lead.end > lead.start + 1 && said && said.score > 0.8 ? { ...lead, end: lead.end - 1 } : lead;
}

/** `excluding refunds`, `not cancelled`, `other than AAPL`. */
export function readExclusion(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = heldLead(scan, exclusionAt(scan, at));
  if (!lead) return undefined;
  const isNot = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && /^(not|never|non)$/.test(t.word));
  const isAuxiliary = tokens.slice(lead.start, lead.end).some((t) => 'word' in t && /^(do|does|did|never)$/.test(t.word));
  let end = isNot ? pastVerb(scan, lead.end, isAuxiliary) : lead.end;
  const found: Filter[] = [];
  let isListed = true;
  for (let guard = 0; guard < 5; guard++) {
    // "those from airport MUC": the name of the column before its value.
    const thing = linkAt(scan, end);
    const named = pickColumn(thing, (c) => c.kind === 'text' && !c.schema.values?.length);
    const literal = thing && tokens[thing.end];
    // "not conscious, hospital St. Mary": a comma alone parts conditions of two columns.
    if (!isListed && thing && named && named.ref !== columnOf(found[0])) break;
    if (thing && named && (literal?.t === 'text' || (literal?.t === 'number' && literal.unit === undefined))) {
      found.push({
        any: [{ left: columnOperand(named.ref), operator: '=', values: [literal.t === 'text' ? literal.value : literal.raw] }],
      });
      use(tokens, { start: end, end: thing.end + 1 }, 'filter');
      end = thing.end + 1;
      break;
    }
    // "without zone eu-west"
    const equal = thing && named ? equality(scan, thing.end, named.ref, false) : undefined;
    if (thing && named && equal) {
      for (const value of equal.values) found.push({ any: [{ left: columnOperand(named.ref), operator: '=', values: [value] }] });
      use(tokens, { start: end, end: equal.end }, 'filter');
      end = equal.end;
      break;
    }
    if (thing && named && guessColumn(scan, thing.end)) {
      useLink(scan, thing, 'filter');
      end = thing.end;
    }
    const restore = keepUses(tokens, end);
    const phrase = nounPhrase(scan, end, 'any');
    if (phrase.filters.length === 0) restore();
    const guessed = phrase.filters.length > 0 ? undefined : guessColumn(scan, end);
    const undone = isNot && phrase.filters.length === 0 ? undoneAt(scan, lead.end, phrase.end) : undefined;
    if (undone) {
      use(tokens, { start: lead.start, end: undone.end }, 'filter');
      const left = columnOperand(undone.ref);
      // "never renewed" of a number of renewals: none of them.
      frame.filters.push({ any: [isCount(undone.ref) ? { left, operator: '=', values: [0] } : { left, operator: 'IS NULL', values: [] }] });
      return undone.end;
    }
    if (phrase.filters.length > 0) {
      // "not diverted in the cruise phase": the first is denied, the rest says where.
      const [first, ...others] = phrase.filters;
      // "untreated, nervous": a comma alone parts conditions of two columns.
      if (!isListed && columnOf(first) !== columnOf(found[0])) {
        restore();
        break;
      }
      if (isNot && first) {
        found.push(first);
        frame.filters.push(...others);
      } else found.push(...phrase.filters);
      end = phrase.end;
    } else if (guessed) {
      for (const value of [guessed.value, ...guessed.more])
        found.push({ any: [{ left: columnOperand(guessed.ref), operator: '=', values: [value] }] });
      use(tokens, { start: end, end: guessed.end }, 'filter');
      end = guessed.end;
    } else break;
    const joint =
      matchAt(tokens, end, ',? nor|or|and was|were|is|are|did|has|have not? been? in|from|on|at|by? the|a|an?') ??
      matchAt(tokens, end, ',? nor in|from|on|at|by? the|a|an?') ??
      matchAt(tokens, end, ',? and|or|nor those|ones in|from|on|at|by|with|via|of? the|a|an?') ??
      matchAt(tokens, end, ',? and|or|, the?');
    if (!joint) break;
    isListed = !isNot || joint.end > joint.start + 1 || wordIn(tokens, joint.start) !== ',';
    end = joint.end;
  }
  if (found.length === 0) return undefined;
  use(tokens, lead, 'filter');
  frame.scores.push(0.9);
  frame.filters.push(...found.map(negate));
  return end;
}
