import type { ColumnRef } from './column-facts.ts';
import { comparatorAt, suffixAt } from './comparators.ts';
import { columnOperand, plainWord, type Scan, wordAt } from './frame.ts';
import { use } from './pattern.ts';
import { linkAt, pickColumn } from './pick.ts';
import { stem } from './stem.ts';

const PERSON =
  /(?:[a-z]{3}(?:er|or|ian|ist|ant|ent|ee)|(?:wo)?man|nurse|guard|captain|vet|medic|pilot|coach|clerk|chef|cook|host|judge|staff|crew|member|child|pupil|bidder|acct|account|plr|cust)$/;
const THING =
  /^(?:order|number|meter|sensor|water|paper|letter|tower|center|quarter|motor|factor|error|floor|color|printer|router|server|charger|container|counter|tier|layer|filter|folder|cluster|locker|elevator|reactor|generator|inverter|rotor|monitor|corridor|sector|vector|operator|vendor|event|content|segment|department|shipment|payment|component|instrument|compartment|experiment|environment|agreement|parent|current|continent|incident|accident|element|moment|treatment|plant|restaurant|variant|tenant|referrer|supplier|carrier|retailer|manufacturer|publisher|chapter|trailer|tanker|freighter|river|teller|timer|weather|discover|power|gender|header|user_agent)$/;
const FAR = 7;

/** Whether words of a column say that it holds persons. */
export const saysPerson = (words: readonly string[]): boolean =>
  words.some((w) => PERSON.test(w) && !THING.test(w)) && !words.some((w) => /^(?:name|note|type|kind|text|email|country)$/.test(w));
const isPerson = ({ words, kind }: ColumnRef): boolean => kind === 'text' && saysPerson(words);

/** What a name says that somebody does, as common roots: `bidder` bids, `owner` owns. */
export function doneBy(word: string): readonly string[] {
  const root = /^(?:[a-z]{2,})(?=(?:er|or)$)/.exec(word)?.[0];
  return root === undefined ? [] : [stem(root), stem(`${root}ed`)];
}

/** `who counts`: the counter. */
function doerOf({ base, tokens }: Scan, at: number): ColumnRef | undefined {
  const verb = tokens[at + 1];
  return base.columns.find((c) => c.kind === 'text' && verb?.t === 'word' && c.words.some((w) => doneBy(w).includes(verb.stem)));
}

/** Whoever the rows of a relation are of: the key of other things known about them before one that only a row holds. */
function personOf(scan: Scan, at: number): ColumnRef | undefined {
  const keys = new Set([...scan.hops.values()].flatMap(([edge]) => (edge && edge.left.table === scan.base.name ? [edge.left] : [])));
  const persons = scan.base.columns.filter(isPerson);
  const said = (ref: ColumnRef): boolean =>
    scan.tokens.some(
      (t, i) => t.t === 'word' && ref.words.some((w) => stem(w) === t.stem && PERSON.test(w)) && pickColumn(scan.links.get(i))?.ref === ref,
    );
  return persons.find(said) ?? doerOf(scan, at) ?? persons.find((c) => keys.has(c)) ?? persons.find((c) => c.isId) ?? persons[0];
}

/** Whether a bound follows: `who placed more than three orders`, `who opened five or more mails`. */
function hasBound(scan: Scan, at: number): boolean {
  for (let i = at + 1; i < at + FAR; i++) {
    const compared = comparatorAt(scan, i);
    const token = compared && compared.operator !== '=' ? scan.tokens[compared.end] : undefined;
    if (token?.t === 'number' || token?.t === 'duration') return true;
    if (scan.tokens[i]?.t === 'number' && suffixAt(scan, i + 1)) return true;
  }
  return false;
}

/** `who placed more than three orders within an hour`, `who bids highest on average`: one group for each of those whom the rows are of. */
export function readWho(scan: Scan, at: number): number | undefined {
  const { frame } = scan;
  if (!/^(?:who|whoever|anyone|anybody|someone|somebody)$/.test(wordAt(scan, at)) || frame.entity || frame.dimensions.length > 0)
    return undefined;
  const isSubject = scan.tokens.slice(0, at).every((t) => t.used === undefined || /^(?:window|polite|hold)$/.test(t.used));
  // "orders who …" says whose; "count who" counts.
  if (
    !isSubject ||
    /^(?:count|number|many|of)$/.test(plainWord(scan, at - 1)) ||
    (!frame.top && !doerOf(scan, at) && linkAt(scan, at + 1)?.candidates[0]?.target.kind === 'table')
  )
    return undefined;
  const ref = frame.top || hasBound(scan, at) ? personOf(scan, at) : undefined;
  if (!ref) return undefined;
  frame.entity = { ref, at };
  frame.bare.push({ operand: columnOperand(ref), at, only: [] });
  frame.scores.push(0.85);
  // "who counts fastest": what the counter does is no count.
  const isVerb = frame.top !== undefined && doerOf(scan, at) === ref;
  use(scan.tokens, { start: at, end: isVerb ? at + 2 : at + 1 }, 'linked');
  return isVerb ? at + 2 : at + 1;
}
