import { type ColumnRef, isUnitWord } from './column-facts.ts';
import { revenueOf } from './meaning.ts';
import type { Part, Shape } from './said-shape.ts';

/** A shape whose parts are taken out one after the other; what is left says what is related how. */
export class Rest {
  text: string;
  readonly #parts: readonly Part[];
  constructor(shape: Shape) {
    this.text = shape.text;
    this.#parts = shape.parts;
  }
  part(tag: string): Part {
    return this.#parts[Number(tag.slice(1))] as Part;
  }
  /** As it was said. */
  said(tags: string): string {
    return tags.replace(/\b[A-Z]\d+\b/g, (tag) => this.part(tag).said).trim();
  }
  /** A column by its name; one with digits in it as it was said, because they divide the name. */
  nameOf(column: ColumnRef): string {
    if (!/\d/.test(column.name)) return column.name;
    const said = this.#parts.find((p) => p.ref === column && p.sort !== 'V')?.said ?? column.name;
    const words = said.split('_');
    return words.length > 1 ? words.filter((w) => !isUnitWord(w)).join(' ') : said;
  }
  /** Takes out what a pattern finds. */
  take(pattern: RegExp, instead = ' ; '): RegExpExecArray | undefined {
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.text = `${this.text.slice(0, found.index)}${instead}${this.text.slice(found.index + found[0].length)}`.replace(/ +/g, ' ').trim();
    return found;
  }
  has(pattern: RegExp): boolean {
    return pattern.test(this.text);
  }
  /** Columns that are named with one sort, each once, in order. */
  columns(sort: 'M' | 'K'): ColumnRef[] {
    const refs = [...this.text.matchAll(new RegExp(`\\b${sort}\\d+\\b`, 'g'))].map((m) => this.part(m[0]).ref as ColumnRef);
    return refs.filter((r, i) => refs.findIndex((o) => o.name === r.name) === i);
  }
}

const EACH = String.raw`\b(?:(?:of|at|for|in|on|from|within|across|by|per|to|with) )?(?:(?:the|that|this) (?:very )?same|same|each|every|all(?: the)?|any)(?: individual| single| separate| one of the)?`;
const LIST = String.raw`(?<keys>K\d+(?: (?:and|,|&) (?:each |every |per |by )?K\d+)*)`;
const ALONE = '(?: (?:on|by) (?:its|their) own| for itself| separately| individually| alone| apart)?';
const KEYS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:, )?(?:(?:separately|individually|broken down|split|partitioned|grouped|kept apart|one (?:line|row|figure|number|value)) )*(?:per|by|${EACH}) ${LIST}${ALONE}(?! (?:(?:is|was|are|were) (?:not )?[VX]\d|by|[VX]\d))`,
  ),
  /(?<keys>K\d+) (?:by|after|for) K\d+\b/,
  /(?:an?|one|that|this|the|its) (?<keys>K\d+)(?= (?:M\d|previous|last|prior|preceding)\b)/,
  new RegExp(
    String.raw`(?:of|for|at|in|on|from|by|to|with) (?:an?|one|that|this|the|its|a single|a given) ${LIST}${ALONE}(?! (?:is|was|are|were|[VX]\d))`,
  ),
  /(?:^|[;,] )(?:(?:an? |the )?(?:table|list|overview) of )?(?:all )?(?:the )?(?<keys>K\d+)(?= (?:with|and) (?:their|its|the)\b)/,
  /(?:an?|one|that|this|the|its) (?<keys>K\d+)(?= (?:[MR]\d|previous|last|prior|preceding|latest|is|was|has|gets|had|can|may|keeps?)\b| \.| ;| ,)/,
];

/** What rows are kept apart by: `per gauge`, `of each truck`, `runner by runner`, `of the same oven`, `the team's`. */
export function takeKeys(rest: Rest, ofParts = false): ColumnRef[] {
  const keys: ColumnRef[] = [];
  for (const [i, pattern] of KEYS.entries()) {
    // The weaker ways to say it count only where no strong one was found.
    if (i > (ofParts ? 3 : 1) && keys.length > 0) break;
    for (let found = pattern.exec(rest.text), guard = 0; found && guard < 4; found = pattern.exec(rest.text), guard++) {
      rest.take(pattern, ' ');
      for (const tag of found.groups?.['keys']?.match(/K\d+/g) ?? []) {
        const { ref } = rest.part(tag);
        if (ref && !keys.some((k) => k.name === ref.name)) keys.push(ref);
      }
    }
  }
  return keys;
}

/** A group that nothing is called by. */
export const UNKNOWN_KEY =
  /\b(?:per|by|each|every) (?![A-Z]\d|time|one|of|row|single|new|how|the|what|a\b|an\b|much|its|using|taking|[a-z]+ing\b)[a-z]/;

const BOUND =
  '(?:over|above|under|below|more than|less than|fewer than|at least|at most|exceeding|exceeds?|beyond|greater than|lower than|higher than|up to|no more than|between)';
const AMOUNT = String.raw`(?:[NQD]\d+)(?: (?:and|to) [NQD]\d+)?(?: or (?:more|less|fewer|above|below|higher|lower))?`;
const COMPARED = new RegExp(
  String.raw`(?:(?:only|just) )?(?:R\d+ )?(?:(?:with|where|whose|having|that (?:have|had|has)|which (?:have|had|has)|if|when) )?(?:an? |the |its |their )?M\d+ (?:is |was |are |were |of )?${BOUND} ${AMOUNT}`,
);
const NAMED =
  /(?:(?:for|of|from|only|at|in|on|with|by|where|whose) )*(?:the )?K\d+ (?:is |was |are |= |named |called )?X\d+(?: (?:and|or) X\d+)*(?: only)?|(?:for|of|from|only|at|in|on|with|by) X\d+(?: (?:and |or )?X\d+)*(?: only)?/;
/** What rows bring in or are worth, where a figure of them names no number. */
export function amountOf({ base }: Shape): ColumnRef | undefined {
  const worth = revenueOf(base);
  return worth?.kind === 'column' ? worth.ref : undefined;
}

const LEADS =
  /^(?:only|just|in|on|of|at|by|from|with|without|for|to|under|where|when|while|whose|which|that|who|were|was|are|is|be|been|being|had|has|have|having|not|no|non|never|except|excluding|but|the|an?|it|its|they|kind|type|marked|flagged|labelled)$/;

/** A condition on a value or a flag with the small words around it. */
function takeValue(rest: Rest): string | undefined {
  const words = rest.text.split(' ');
  const at = words.findIndex((w) => /^V\d+$/.test(w));
  if (at < 0) return undefined;
  const { ref } = rest.part(words[at] as string);
  const isOwn = (word: string | undefined): boolean => word !== undefined && /^K\d+$/.test(word) && rest.part(word).ref?.name === ref?.name;
  let start = at;
  while (start > 0 && (LEADS.test(words[start - 1] as string) || isOwn(words[start - 1]))) start--;
  let end = at + 1;
  const isMore = (): boolean =>
    isOwn(words[end]) ||
    /^(?:ones|only)$/.test(words[end] ?? '') ||
    (/^V\d+$/.test(words[end] ?? '') && end > at) ||
    (/^(?:and|or|,|nor)$/.test(words[end] ?? '') && /^(?:V\d+|not|no)$/.test(words[end + 1] ?? '')) ||
    words[end + 1] === 'only';
  while (end < words.length && isMore()) end++;
  // "card payments only": the noun before "only" says nothing more.
  const said = rest.said(
    words
      .slice(start, end)
      .filter((w, i, all) => all[i + 1] !== 'only' || /[A-Z]\d/.test(w))
      .join(' '),
  );
  rest.text = [...words.slice(0, start), ';', ...words.slice(end)].join(' ');
  return said;
}

/** Conditions on rows, in words that are read wherever they stand. */
export function takeConditions(rest: Rest): string[] {
  const out: string[] = [];
  for (const pattern of [COMPARED, NAMED])
    for (let found = rest.take(pattern), guard = 0; found && guard < 4; found = rest.take(pattern), guard++) out.push(rest.said(found[0]));
  for (let said = takeValue(rest), guard = 0; said !== undefined && guard < 6; said = takeValue(rest), guard++) out.push(said);
  return out.map((said) => {
    const plain = said
      .replace(/\b(?:only|just|ones)\b/gi, '')
      .replace(/ +/g, ' ')
      .replace(/^(?:an?|the|but|to) /, '')
      .trim();
    return LEADS.test(plain.split(' ')[0] ?? '') ? `only rows ${plain}` : `only ${plain} rows`;
  });
}
