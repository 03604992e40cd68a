import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import type { ColumnRef } from './column-facts.ts';
import { meanOf, quotientOf } from './quotient-words.ts';
import { spanWords } from './relation-spans.ts';
import { shapeOf } from './said-shape.ts';
import { amountOf, Rest, takeConditions, takeKeys, UNKNOWN_KEY } from './shape-parts.ts';

const PREVIOUS = '(?:(?:immediately |directly )?(?:previous|prior|preceding|foregoing|earlier|former)|one before that)';
const ROW = String.raw`(?:R\d+|M\d+(?: R\d+)?|ones?|time)`;
/** What points at the row before: the first group, where there is one, says how many rows before. */
const BACK: readonly RegExp[] = [
  /\b(?:from |of )?(?<n>N\d+) (?:R\d+|ones) (?:ago|earlier|back|before|previously|prior)\b(?: it)?/,
  new RegExp(String.raw`\b(?:between |of |across |in )?(?:consecutive|successive|adjacent|neighbou?ring|subsequent) ${ROW}(?: R\d+)?`),
  /\bfrom (?:one |each |every |an? )?R\d+ to (?:the )?(?:next|following|another|R\d+)(?: one| R\d+)?|\b(?:one |each )?R\d+ (?:to|by|over|on|and) (?:the )?(?:next|following)(?: one| R\d+)?/,
  /\bR\d+ (?:to|by|over|on|after) R\d+\b/,
  new RegExp(String.raw`\b(?:(?:the|its|their|that|a|one) )?${PREVIOUS} ${ROW}`),
  new RegExp(
    String.raw`\b(?:(?:of|at|in|from|on|for|than|to|with|against|since) )?(?:(?:the|its|each|an?|one) )?${ROW} (?:just |right |immediately |directly |[a-z]+ed )?before\b(?: (?:it|that|this|them))?(?! [DNU]\d)`,
  ),
  /\b(?:an?|one|the) R\d+ (?:ago|earlier|back|before)\b/,
  // "of the order before", beside a number: what a row tells of first.
  new RegExp(
    String.raw`\b(?:(?:of|at|in|from|on|for|than|to|with|against) )?(?:(?:the|its|each) )?(?:K\d+ before|${PREVIOUS} K\d+)\b(?! [DNU]\d)`,
  ),
  /\b(?:to|with|against|from|since|versus|vs|than|minus|over) (?:the |its |their )?last (?:R\d+|one|M\d+)\b|\band (?:the |its )last one\b/,
  /\b(?:to |with |against |of |from )?(?:its|the|their) (?:immediate |direct )?predecessors?\b/,
  /\bsince (?:it |they |that )?(?:was |were )?last (?:time|[a-z]+ed|[a-z]+en|read)\b/,
];
/** What points at the row behind. */
const AHEAD =
  /\b(?:and |with |beside )?(?:(?:of|at|in|from|on|for|than|to|with|against) )?(?:(?:the|its) )?(?:next|following) (?:R\d+|one|(?=M\d))|\b(?:of )?(?:the )?R\d+ after(?: (?:it|that|this))?(?! [DNU]\d)/;
const CHANGE =
  /\b(?:minus|less(?! than)|subtract\w*|chang\w*|differ\w*|delta|jump\w*|ris(?:es?|en|ing)|rose|falls?|fell|falling|gain\w*|los[ts]\w*|increas\w*|decreas\w*|drop\w*|step|mov(?:es?|ed|ements?)|up or down|up and down|how far|grows?|grew|growth|swings?|shift\w*|compar\w*|versus|vs|diff|deviat\w*|vary|varies|higher|lower|longer|shorter|bigger|smaller|heavier|lighter|faster|slower|warmer|colder|hotter|cooler|better|worse|more or less|apart|against|relative|gap between|climb(?:s|ed)|sank|sinks?|advanc\w*|fill\w*|up(?! to| -)|down)\b/;
const FIGURE =
  /\b(?:average\w*|avg|mean|median|total|sum|count|number of|how many(?! more| less| fewer| M\d| percent| degrees)|biggest|largest|highest|lowest|smallest|max(?:imum)?|min(?:imum)?|top|most(?! recent)|rank\w*|alert|notify|warn|share|times)\b/;

const TOLD = new RegExp(String.raw`\b${PREVIOUS} K\d|\bK\d+ (?:of|at|in) (?:the )?(?:${PREVIOUS} R\d|R\d+ before)`);

const perOf = (keys: readonly ColumnRef[]): string => (keys.length > 0 ? ` per ${keys.map((k) => k.name).join(' and ')}` : '');

/** `change of M from one R to the next per K`, `M next to the M one R earlier`: each row beside the one before it. */
function beforeWords(rest: Rest, keys: readonly ColumnRef[], tail: string, amount: ColumnRef | undefined): string | undefined {
  if (rest.has(/\b[DU]\d/) || rest.has(FIGURE)) return undefined;
  const columns = rest.columns('M');
  const told = columns.length === 0 && keys.length > 0 ? rest.columns('K') : [];
  const column =
    columns[0] ?? (rest.has(/\bhow much\b/) ? amount : undefined) ?? (told.length === 1 && rest.has(TOLD) ? told[0] : undefined);
  if (!column || columns.length > 1) return undefined;
  const isChange = rest.has(CHANGE);
  if (isChange && column === told[0]) return undefined;
  const isShare = rest.has(/\b(?:percent|percentage)\b(?! point| R\d)|%/);
  for (const pattern of BACK) {
    const found = rest.take(pattern);
    if (!found) continue;
    const tag = found.groups?.['n'];
    const count = tag === undefined ? 1 : (rest.part(tag).value ?? 1);
    if (rest.has(/\b[NQXFV]\d/) || count < 1) return undefined;
    const back = count > 1 ? ` ${count} back` : '';
    // "fee of each job minus that of the job before": a job is one row.
    const row = /K\d+/.exec(found[0])?.[0];
    const per = perOf(keys.filter((k) => k.name !== (row && rest.part(row).ref?.name)));
    const how = rest.has(/\b(?:ratio|divided by|quotient)\b/)
      ? `ratio of ${rest.nameOf(column)} to the previous row`
      : isChange
        ? `${isShare ? 'percent ' : ''}change of ${rest.nameOf(column)} from the previous row`
        : `${rest.nameOf(column)} and previous ${rest.nameOf(column)}`;
    return `${how}${back}${per}${tail}`;
  }
  const isAhead = !isChange && keys.length > 0 && column !== told[0] && rest.take(AHEAD) && !rest.has(/\b[NQXFV]\d/);
  return isAhead ? `${rest.nameOf(column)} and next ${rest.nameOf(column)}${perOf(keys)}${tail}` : undefined;
}

const LAST =
  /\b(?:latest|newest|most recent(?:ly)?|current(?:ly)?|up to date|up - to - date|present(?:ly)?|right now|now|at the moment|at present|as it stands|stands?|freshest)\b|\b(?:at|on|in|of|from|had|as of|with) (?:the |its |their )?(?:very )?(?:last|final|latest|newest|most recent) R\d+|\blast(?= (?:known |seen |recorded |reported )?[MK]\d)|\blast$|\blast (?:[;,?.]|of\b|seen|known|recorded|reported)|\bat the end\b|\bfinal (?=[MK]\d)/;
const FIRST =
  /\b(?:first|earliest|initial|opening|oldest|original)\b|\b(?:start|starts|started|begin|begins|began|open|opened|opens|set out) with\b|\bto begin with\b|\b(?:start|begin|began|started)(?= [;,?.]|$)|\bat the (?:beginning|start|outset)\b/;

/** `latest M per K`, `which K had each K last`, `M at the very first R of each K`: one value of each. */
function endWords(rest: Rest, keys: readonly ColumnRef[], tail: string): string | undefined {
  if (keys.length === 0 || rest.has(/\b[DUNQXFV]\d/) || rest.has(CHANGE) || rest.has(FIGURE)) return undefined;
  // "what did each viewer watch last": a number is named by what somebody does, and nothing is asked of it.
  if (rest.has(/^(?:what|which|who)\b.*\bdid M\d|^who M\d/)) return undefined;
  const isLast = rest.has(LAST) || rest.has(/\blast\b/);
  const isFirst = rest.has(FIRST);
  if (!isLast && !isFirst) return undefined;
  const columns = [...rest.columns('M'), ...rest.columns('K')].filter((c) => !keys.some((k) => k.name === c.name));
  if (columns.length === 0 || columns.length > 2 || (columns.length > 1 && isFirst && isLast)) return undefined;
  const per = perOf(keys) + tail;
  const [only] = columns;
  if (isFirst && isLast) return `first and last ${only && rest.nameOf(only)}${per}`;
  return `${columns.map((c) => `${isFirst ? 'first' : 'latest'} ${rest.nameOf(c)}`).join(' and ')}${per}`;
}

/** Words without one of which nothing is said of rows beside each other or of a window that moves. */
const SEEDS =
  /last|latest|newest|recent|fresh|current|now|moment|present|final|first|earl|initial|open|original|begin|start|prior|prev|preced|predec|forego|consec|success|neighbo|adjac|before|next|follow|\bago\b|back|gap|paus|break|lull|silen|quiet|idle|inactiv|nothing|nobody|\bno\b|finish|interrupt|timeout|apart|between|session|each other|one another|moving|rolling|sliding|running|smooth|hop|step|trailing|past|window|within|updat|refresh|recomp|recalc|re-?count|overlap|look|separat|clos(?:es|ed)|\bends?\b|without|up.to.date|(?:n['’]t|\bnot) .*\bfor \d|from [\w ]+ to|\d[ -]\w+(?: \w+)? (?:average|mean|avg|sum|total|max|min)|\b(\w+) (?:to|by|over|on) \1\b/i;

/** Words without one of which nothing is divided. */
const DIVIDES =
  /\bdivided\b|\bover\b|[a-z] \/ |\brelative to\b|\bhow many\b.*\b(?:for|per|average|typically|usually)\b|\bhow much\b.*\b(?:average|typically|usually)\b/i;

/** Without what is said for the sake of politeness or of form. */
const plainly = (prompt: string): string =>
  prompt
    .replace(/Δ/g, ' change of ')
    .replace(/,? (?:side by side|next to each other|in one row)\b/gi, '')
    .replace(
      /\b(?:could|can|would|will) you (?:please )?(?:(?:show|tell|give|get) (?:me|us) )?|^(?:please )?(?:show|give|tell|get) (?:me|us) /gi,
      '',
    )
    .replace(/\b(?:an?|one) (?:line|row|figure|number|value|result)(?= (?:per|for each|for every)\b)/gi, '')
    .replace(/\b(?:two|both|2) (?:numbers|figures|values|columns)\b/gi, '');

/**
 * A question about each row beside others, said by its parts: what is measured, for each of what, over which rows or which time, on which
 * condition. `undefined` where it is no such question or holds more than that.
 */
export function relationWords(prompt: string, schemas: NlToSqlRequest['schemas']): string | undefined {
  const isFigure = DIVIDES.test(prompt);
  if (!isFigure && !SEEDS.test(prompt)) return undefined;
  const shape = shapeOf(plainly(prompt), schemas);
  const figure = shape && isFigure ? (quotientOf(shape) ?? meanOf(shape)) : undefined;
  if (figure !== undefined) return figure;
  if (!SEEDS.test(prompt)) return undefined;
  if (!shape || /\b(?:alert|notify|warn|page me|tell me (?:when|if))\b/.test(shape.text)) return undefined;
  // "gas prices" of gas_gwei and amount_usd: which number is meant is not plain.
  const isTwofold = [...shape.text.matchAll(/\bM(\d+) (?=M(\d+))/g)].some(
    (m) => shape.parts[Number(m[1])]?.ref !== shape.parts[Number(m[2])]?.ref,
  );
  if (isTwofold) return undefined;
  const spans = spanWords(shape);
  if (spans !== undefined) return spans;
  if (/\bif\b/.test(shape.text)) return undefined;
  const rest = new Rest(shape);
  const keys = takeKeys(rest);
  const conditions = takeConditions(rest);
  if (rest.has(/\b[FVX]\d/) || rest.has(UNKNOWN_KEY)) return undefined;
  // "has the pet gained weight?": the one thing that is named.
  const things = keys.length === 0 ? rest.columns('K') : [];
  if (things.length === 1) keys.push(...things);
  const tail = conditions.map((c) => `, ${c}`).join('');
  return beforeWords(rest, keys, tail, amountOf(shape)) ?? (things.length > 0 ? undefined : endWords(rest, keys, tail));
}
