import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { quoteName } from '../ir/quote.ts';
import { boundEdit, SPAN_UNIT } from './edit-bounds.ts';
import { partsOf, type SqlParts } from './sql-parts.ts';
import { stem } from './stem.ts';

type Edit = (said: string, request: NlToSqlRequest) => NlToSqlResult | undefined;

const PRAISE =
  /^(?:(?:thanks(?: a lot)?|thank you|thx|great|perfect|nice|cool|super|good|fine|hm+|ah|oh|uh|well|right|alright|excellent|lovely|awesome|wonderful|sorry|wait)\b[\s,.!:…–-]*)+(?=\S)/i;
const ASKS =
  /^(?:(?:can|could|may|might) (?:we|i|you) (?:please )?(?:have|get|see|do|make|show(?: me)?|give me) (?:that|this|it|them|those|the same)(?: thing)?|i(?: woul|['’])d like (?:that|this|it)) (?=(?:every|per|by|for|over|with|without|as|in|only|just)\b)/i;
const RHYTHM = new RegExp(
  String.raw`\bevery (\d+) ?(${SPAN_UNIT})\b,? (?:over|of|for|covering|from|with|on) (?:the )?(?:last|past|previous) (\d+)(?: ?(${SPAN_UNIT}))?(?= ?[.?!]?$)`,
  'i',
);
const ROLLING = new RegExp(
  String.raw`\b(?:rolling|sliding|moving|hopping|trailing) (?:over )?(\d+) ?(${SPAN_UNIT})\b(?: windows?)?,? (?:every|by|each|in steps of|steps?|hop) (\d+)(?: ?(${SPAN_UNIT}))?(?= ?[.?!]?$)`,
  'i',
);
const STEP = new RegExp(
  String.raw`^(?:(?:please|now|and|ok|then)[, ]+)*(?:(?:make|let|have) (?:it|them|that|the windows?) )?(?:slide|hop|advance|step|slid(?:e|ing)|hopping)(?: (?:it|them|the windows?))?,? (?:forward )?(?:by|every|each|in steps of) (\d+)? ?(${SPAN_UNIT})(?: each time| at a time)?[.!]?$`,
  'i',
);

/** `slide it by 1 minute` of a window of 5: its size stays, and it moves by the step. */
function steppedWindow(said: string, { window = '' }: SqlParts): string | undefined {
  const [, step = '1', unit] = STEP.exec(said) ?? [];
  const [, n, of] = /\(\s*(?:INTERVAL\s*)?'?(\d+)'?\s*(ms|s|m|h|d|second|minute|hour|day)/i.exec(window) ?? [];
  return unit === undefined || n === undefined || of === undefined ? undefined : `every ${step} ${unit}, over the last ${n} ${of}`;
}

/** Ways to put groups in order; a figure is told apart from a column called so by its article. */
const RANKED =
  /^(?:(?:rank|sort|order)(?: (?:it|them|these|the results?|the list))? by (?:the )?(?=(total|average|mean|median|sum|count)\b)|rank(?: (?:it|them|these))? by )/i;

const ONLY = /^(?:only|just) (?:the )?([a-z]{2,})s(?: please)?[.!]?$|^([a-z]{2,})s (?:only|please)[.!]?$/i;

/** `gets only` of a value `get`: which column it is of, where the word is a word of ours besides. */
function valueOnly(said: string, { schemas }: NlToSqlRequest, base: string): string | undefined {
  const found = ONLY.exec(said);
  const word = (found?.[1] ?? found?.[2])?.toLowerCase();
  const fit = (schemas[base]?.columns ?? []).filter((c) => c.values?.some((v) => String(v).toLowerCase() === word));
  return word !== undefined && fit.length === 1 && /^(?:get|set|put|add|run|make|take|show|return|need|use|want)$/.test(word)
    ? `only ${fit[0]?.name} ${word}`
    : undefined;
}

/** A change without what is only said to be kind, its rhythm in the usual words. */
export function plainEdit(prompt: string, request: NlToSqlRequest): string {
  const parts = partsOf(request.previousSql ?? '');
  if (!parts) return prompt;
  const { base } = parts;
  const said = prompt.trim().replace(PRAISE, '').replace(ASKS, '');
  const sliding = (size: string, step: string): string => `every ${step}, over the last ${size}`;
  const ranked = said.replace(RANKED, (_, figure?: string) => (figure === undefined ? 'order by ' : 'order by the '));
  return (steppedWindow(ranked, parts) ?? valueOnly(ranked, request, base) ?? boundEdit(ranked, parts, request))
    .replace(RHYTHM, (_, n: string, unit: string, size: string, other?: string) => sliding(`${size} ${other ?? unit}`, `${n} ${unit}`))
    .replace(ROLLING, (_, size: string, unit: string, n: string, other?: string) => sliding(`${size} ${unit}`, `${n} ${other ?? unit}`));
}

const REMARK =
  /^(.*\w)\s*\(([^()]*\b(?:is|are|was|were|has|have|do|does|don['’]?t|not|no|because|since|rest|others?|please|thanks|i|we|they|it)\b[^()\d]*)\)\s*[.!]?$/i;

/** What stands before a remark in brackets, and the remark. */
export function apart(prompt: string): readonly [said: string, remark: string] | undefined {
  const found = REMARK.exec(prompt.trim());
  return found?.[1] === undefined || found[2] === undefined ? undefined : [found[1], found[2]];
}

/** `only the north (the south is calm)`: what the brackets say only explains, unless nothing else is understood. */
export function withRemark(prompt: string, request: NlToSqlRequest, edit: Edit): NlToSqlResult | undefined {
  const [first, remark] = (apart(prompt) ?? []).map((part) => {
    const made = edit(part, request);
    return made?.kind === 'sql' && made.ignored.length === 0 ? made : undefined;
  });
  // "human quotes only (not auto quoted)" of a flag: the denial says which.
  const flag = /(\w+) = TRUE/.exec(first?.sql ?? '')?.[1];
  return flag !== undefined && remark?.sql.includes(`${flag} = FALSE`) ? remark : (first ?? remark ?? edit(prompt, request));
}

const WHOLE =
  /^(?:(?:please|now|and|ok)[, ]+)*(?:rename|call|name) (?:it|this|that|the (?:query|result|results|stream|view|output|whole thing))(?: (?:to|as|into))? ["'`]?([a-z_]\w*)["'`]?[.!]?$/i;
const COLUMN =
  /^(?:(?:please|now|and|ok)[, ]+)*(?:rename|call|name) (?:the )?(?:column |figure |value )?["'`]?(\w+)["'`]?(?: column)?(?: (?:to|as|into))? ["'`]?([a-z_]\w*)["'`]?[.!]?$/i;

/** Another name for the query, which changes nothing that it computes, or for one of its columns. */
export function renamed(said: string, parts: SqlParts): SqlParts | undefined {
  const whole = WHOLE.exec(said.trim())?.[1];
  if (whole !== undefined) return { ...parts, create: parts.create.replace(/^(CREATE\s+\w+\s+)\S+/i, `$1${quoteName(whole)}`) };
  const [, before = '', after = ''] = COLUMN.exec(said.trim()) ?? [];
  const isCalled = (name: string): boolean => stem(name.toLowerCase()) === stem(before.toLowerCase());
  const own = parts.items.find((i) => !i.isStar && isCalled(i.alias ?? i.sql));
  if (!own || after === '') return undefined;
  const name = own.alias ?? own.sql;
  return {
    ...parts,
    items: parts.items.map((i) => (i === own ? { ...i, alias: quoteName(after) } : i)),
    orderBy: parts.orderBy.replace(new RegExp(`^${name}(?= |$)`), quoteName(after)),
  };
}
