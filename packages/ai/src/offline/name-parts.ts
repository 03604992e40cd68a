import { type ColumnRef, isMeasure, isUnitWord } from './column-facts.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import { only } from './only.ts';
import { stem } from './stem.ts';
import { isStopWord } from './vocabulary.ts';

const ROOT = 4;

/** The question with what it means by other names than the schema's: a part and a whole, a thing of a longer name, a value of the same root. */
export function nameParts(prompt: string, question: string, lexicon: Lexicon): string | undefined {
  const missing = /^There is no field called "(\w+)"/.exec(question)?.[1];
  if (missing !== undefined) return longerName(prompt, missing, lexicon);
  if (/needs a part and a whole|^The fullest of what/.test(question))
    return twoNumbers(prompt, lexicon) ?? endsWith(prompt, lexicon) ?? overBound(prompt, lexicon);
  return soldMost(prompt, lexicon);
}

/** `per telescope` of scope: a column whose name ends the word. */
function longerName(prompt: string, word: string, lexicon: Lexicon): string | undefined {
  const said = word.toLowerCase();
  const names = new Set(
    lexicon.tables
      .flatMap((t) => t.columns)
      .flatMap((c) => (c.kind === 'text' && c.words.length === 1 && c.name.length >= ROOT ? [c.name] : [])),
  );
  const name = only([...names].filter((n) => said !== n && said.length - n.length > 2 && said.endsWith(n.toLowerCase())));
  return name === undefined ? undefined : prompt.replace(new RegExp(String.raw`\b${word}\b`), name);
}

const numbersOf = (tables: readonly TableFacts[]): ColumnRef[] =>
  tables.filter((t) => !t.isTable).flatMap((t) => t.columns.filter((c) => isMeasure(c)));

/** How many words of a name are said, where all of those are that are no unit. */
function saidOf(column: ColumnRef, words: ReadonlySet<string>): number {
  const own = column.words.length > 1 && column.unit !== undefined ? column.words.filter((w) => !isUnitWord(w)) : column.words;
  const hits = own.filter((w) => words.has(stem(w))).length;
  return hits === 0 ? 0 : hits / own.length + hits / 10;
}

function bestOf(columns: readonly ColumnRef[], text: string): ColumnRef | undefined {
  const words = new Set((text.toLowerCase().match(/[a-z]+/g) ?? []).filter((w) => w.length > 2).map(stem));
  const [first, second] = columns.map((c) => ({ c, score: saidOf(c, words) })).toSorted((a, b) => b.score - a.score);
  return first && first.score > 0 && (!second || first.score > second.score) ? first.c : undefined;
}

const SHARE = '(?:%|percentage|percent|share|fraction|proportion)';
const AS_OF = new RegExp(
  String.raw`^(?:[\w ]+: )?(?<part>[\w ]+?) as (?:a |an )?(?<word>${SHARE}) of (?<whole>[\w ]+?)(?<rest>,.*| (?:by|per|for each|for every) .*)?$`,
  'i',
);
const WHAT_OF = new RegExp(
  String.raw`^what (?<word>${SHARE}) of (?:what|all that) (?<whole>(?:was|were|is) \w+|[\w ]+?) (?:did|do|does|was|were) (?<part>[\w ]+?)(?<rest>,.*| (?:by|per|for each|for every) .*)?$`,
  'i',
);

/** `left over grams as a percentage of grams fed`, `what percent of what was due did customers pay`: two numbers of one stream, each added up. */
function twoNumbers(prompt: string, lexicon: Lexicon): string | undefined {
  const { part, whole, word, rest = '' } = (AS_OF.exec(prompt) ?? WHAT_OF.exec(prompt))?.groups ?? {};
  if (part === undefined || whole === undefined) return undefined;
  for (const table of lexicon.tables.filter((t) => !t.isTable)) {
    const numbers = numbersOf([table]);
    const above = bestOf(numbers, part);
    const below = bestOf(
      numbers.filter((c) => c !== above),
      whole,
    );
    if (above && below && above.unit === below.unit)
      return `sum of ${above.name} as a ${word === '%' ? 'percentage' : word} of sum of ${below.name}${rest}`;
  }
  return undefined;
}

/** The verb that a noun is made of: `signature` → sign, `approval` → approv. */
function verbOf(noun: string): string | undefined {
  const root = /^([a-z]{4,}?)(?:atures?|ations?|ments?|ances?|ences?|ions?)$|^([a-z]{5,}?)als?$/.exec(noun);
  return root?.[1] ?? root?.[2];
}

/** `share of viewings that ends with a signature`: the value that is made of the same verb. */
function endsWith(prompt: string, lexicon: Lexicon): string | undefined {
  const found =
    /^(?:what |which )?(.*?) (?:that )?(?:ends?|ended|results?|resulted|finish(?:es|ed)?) (?:with|in) (?:an? )?([a-z]{5,})\b/i.exec(prompt);
  const verb = found ? verbOf((found[2] as string).toLowerCase()) : undefined;
  if (!found || verb === undefined) return undefined;
  const fit = only(
    lexicon.tables
      .flatMap((t) => t.columns.filter((c) => c.kind === 'text'))
      .flatMap((c) => (c.schema.values ?? []).filter((v) => stem(String(v)) === verb).map((v) => ({ c, v }))),
  );
  return fit && prompt.replace(found[0], `${found[1]} with ${fit.c.name} ${fit.v}`);
}

/** `percentage of readings cloudier than 50`: the number that the comparison is made of. */
function overBound(prompt: string, lexicon: Lexicon): string | undefined {
  const found = /\b([a-z]{4,})er than (?=\d)/i.exec(prompt);
  const root = found?.[1]
    ?.toLowerCase()
    .replace(/i$/, '')
    .replace(/^full$/, 'fill');
  if (!found || root === undefined || isStopWord(found[1] as string)) return undefined;
  const column = only(numbersOf(lexicon.tables).filter((c) => c.words.some((w) => w === root || stem(w) === stem(root))));
  return column && prompt.replace(found[0], `with ${column.name} over `);
}

/** `best sellers of each day`: what is sold, where one stream alone names it. */
function soldMost(prompt: string, lexicon: Lexicon): string | undefined {
  const found = /^(?:the )?best[- ]?seller\b/i.exec(prompt);
  if (!found) return undefined;
  const goods = lexicon.tables
    .filter((t) => !t.isTable)
    .flatMap((t) =>
      t.columns.filter((c) => c.kind === 'text' && c.words.some((w) => /^(?:product|item|article|dish|title|good)$/.test(w))),
    );
  const name = only([...new Set(goods.map((c) => c.name))]);
  return name && prompt.replace(found[0], `${name} sold most often`);
}
