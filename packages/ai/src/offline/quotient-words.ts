import { type ColumnRef, isUnitWord } from './column-facts.ts';
import { isAdditive } from './frame.ts';
import type { Part, Shape } from './said-shape.ts';

const NOUN = '(?:(?:the|all|all the|our) )?';
const SUM = '(?:(?:the )?(?:total|summed|sums? of|overall|sum) )?';
const COUNT = '(?:(?:the )?(?:number|count|amount) of )?';
/** One of two figures that are divided: a number, things counted once, rows, rows that are something. */
const SIDE = (name: string): string =>
  String.raw`(?:${SUM}${COUNT}${NOUN}(?<${name}M>M\d+)(?: (?<${name}U>M\d+))?(?: in (?:[a-z]+|M\d+))?(?: [a-z]+ed)?|${COUNT}(?:distinct|unique|different|individual) (?<${name}K>[KR]\d+)|${COUNT}${NOUN}(?:(?<${name}V>V\d+)(?: R\d+| K\d+)?|(?<${name}R>R\d+)(?: (?:that (?:are|were|is) |(?:are|were|gets?|got|is|was|being) )?(?<${name}W>V\d+))?))(?: in total)?`;
const DIVIDED = String.raw`(?:divided by|over|\/|relative to)`;
const EACH = '(?:per|for (?:each|every)|to each|to every)(?: (?:one|single|that (?:is|was)))*';
const DIVISION = new RegExp(String.raw`(?:how many )?${SIDE('a')} (?<joint>${DIVIDED}|${EACH}) ${SIDE('b')}(?! M\d)`);
/** `how many messages does a conversation have on average`. */
const MEAN =
  /how (?:many|much) (?:(?<M>M\d+)|(?<R>R\d+)) (?:(?:do|does|did|has|have|is|are|get|gets) )*(?:(?:an?|each|every|one|the) (?:single )?(?<thing>[KR]\d+)(?: (?!on\b|per\b|by\b)(?:[a-z]+|V\d+)){0,2}|(?:(?!per\b)[a-z]+ ){0,2}per (?<per>[KR]\d+)) (?:on average|typically|usually)/;

/** What may stand before a figure: groups, how often, and words that ask. */
const FRONT =
  /^(?:(?:(?:(?:for|per|by|in|on|at|within|of|from|with) )*(?:(?:each|every|all|the|any) )*K\d+(?: (?:and|,|by|after) (?:(?:per|by|each|every|the) )*[KUD]\d+)*(?: separately)?|(?:every|each|per|in|for)(?: (?:each|every|the))? [DU]\d+|U\d+ by U\d+|hourly|daily|weekly|minutely|monthly|what|which|is|are|was|the|show|give|tell|me|i|we|want|need|calculate|compute|please|and|of|[,:;])(?: |$))*$/;

interface Sides {
  readonly M?: Part | undefined;
  readonly K?: Part | undefined;
  readonly V?: Part | undefined;
  readonly isRows: boolean;
}

const isSummed = ({ M }: Sides): boolean => M?.ref !== undefined && isAdditive({ kind: 'column', ref: M.ref });
/** By its name, or as it was said where the name is no single word. */
const nameOf = ({ ref, said, sort }: Part): string => {
  const isSaid = ref && /[a-z][A-Z]/.test(ref.name) && ref.words.some((w) => said.toLowerCase().includes(w));
  return ref && sort !== 'V' && !/\d/.test(ref.name) && !isSaid ? ref.name : said;
};

function told(a: Sides, b: Sides): string | undefined {
  const below = b.K ? `number of distinct ${nameOf(b.K)}` : b.isRows ? 'number of rows' : undefined;
  if (a.V && b.isRows) return `share of rows with ${a.V.said}`;
  if (a.V && b.V && a.V.ref?.name === b.V.ref?.name) return `ratio of ${a.V.said} to ${b.V.said}`;
  // "failed tests divided by total tests" is understood as it stands, and no name of it is one word.
  if ([a.M, b.M].some((m) => m && nameOf(m) === m.said && m.said.includes(' '))) return undefined;
  if (a.M && b.M && a.M.ref !== b.M.ref && (isSummed(a) || isSummed(b))) return `total ${nameOf(a.M)} divided by total ${nameOf(b.M)}`;
  if (a.M && isSummed(a) && below) return `total ${nameOf(a.M)} divided by ${below}`;
  return a.isRows && b.K ? `number of rows divided by ${below}` : undefined;
}

/** `dropped calls over all calls, per cell`, `total fare divided by total distance for each city`: one figure over another, in the usual words. */
export function quotientOf(shape: Shape): string | undefined {
  const { text, parts } = shape;
  if (/\b(?:ratio|percent\w*|average of|previous|before|last|top)\b|%/.test(text)) return undefined;
  const found = DIVISION.exec(text);
  const g = found?.groups;
  if (!found || !g) return undefined;
  const part = (tag: string | undefined): Part | undefined => (tag === undefined ? undefined : parts[Number(tag.slice(1))]);
  const sideOf = (name: 'a' | 'b'): Sides => {
    const V = part(g[`${name}V`] ?? g[`${name}W`]);
    return { M: part(g[`${name}M`]), K: part(g[`${name}K`]), V, isRows: V === undefined && g[`${name}R`] !== undefined };
  };
  // "delay minutes": the second of two numbers is a unit.
  if ([g['aU'], g['bU']].some((tag) => tag !== undefined && !isUnitWord((part(tag) as Part).said.toLowerCase()))) return undefined;
  const [a, b] = [sideOf('a'), sideOf('b')];
  const isEach = !new RegExp(`^${DIVIDED}$`).test(g['joint'] ?? '');
  // "fees per trip" may be a group as well; "buys for every sell" is none.
  if (isEach && !(a.V && b.V)) return undefined;
  const figure = FRONT.test(text.slice(0, found.index)) ? told(a, b) : undefined;
  return figure && `${figure} ${around(shape, found)}`.trim();
}

/** `how many messages does a conversation have on average`: rows or amounts over things. */
export function meanOf({ text, parts, base }: Shape): string | undefined {
  const found = MEAN.exec(text);
  const g = found?.groups;
  if (!found || !g) return undefined;
  const part = (tag: string | undefined): Part | undefined => (tag === undefined ? undefined : parts[Number(tag.slice(1))]);
  const [amount, thing] = [part(g['M']), part(g['thing'] ?? g['per'])];
  const isRow = thing?.sort === 'R';
  const ref: ColumnRef | undefined = amount?.ref;
  if (
    !thing ||
    !FRONT.test(text.slice(0, found.index)) ||
    (isRow && !ref) ||
    (!isRow && ref !== undefined) ||
    (ref && ref.table !== base.name)
  )
    return undefined;
  const figure = ref ? `average ${nameOf(amount as Part)}` : `number of rows divided by number of distinct ${nameOf(thing)}`;
  return `${figure} ${around({ text, parts, base }, found)}`.trim();
}

/** What is said besides the figure, as it was said. */
function around({ text, parts }: Shape, found: RegExpExecArray): string {
  const rest = `${text.slice(found.index + found[0].length)} , ${text.slice(0, found.index)}`;
  return rest
    .replace(/\b[A-Z]\d+\b/g, (tag) => parts[Number(tag.slice(1))]?.said ?? tag)
    .replace(/\b(?:what|which) (?:is|was|are) (?:the )?$|[?.]/g, ' ')
    .replace(/\s*(?:[,:;]\s*)+$|^\s*(?:[,:;]\s*)+/g, '')
    .replace(/ ([,:;])/g, '$1')
    .replace(/ {2,}/g, ' ');
}
