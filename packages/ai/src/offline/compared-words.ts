import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { isRowOf } from './schema-columns.ts';
import { splitName, stem } from './stem.ts';
import { VALUE_UNITS } from './token.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const NUMBER = String.raw`\d[\d.,]*`;
const OVER = 'over|above|beyond|past|[a-z]+er than|more than';
const UNDER =
  'under|below|beneath|short of|(?:less|fewer|lower|smaller|shorter|lighter|shallower|younger|colder|cooler|cheaper|slower) than';
const isUnder = (word: string): boolean => new RegExp(`^(?:${UNDER})$`, 'i').test(word);

const LIMIT = /^(?:max|maximum|limit|cap|capacity|allowed|permitted|rated)$/;
const isLimit = (c: ColumnRef): boolean => c.words.some((w) => LIMIT.test(w));
const core = (c: ColumnRef): readonly string[] => (c.unit === undefined || c.words.length === 1 ? c.words : c.words.slice(0, -1)).map(stem);
const measures = (lexicon: Lexicon, isTable: boolean): readonly ColumnRef[] =>
  lexicon.tables.filter((t) => t.isTable === isTable).flatMap((t) => t.columns.filter(isMeasure));

/** The one number all of whose words, its unit aside, are among the given ones; the more of its words, the surer. */
function told(said: string, columns: readonly ColumnRef[]): ColumnRef | undefined {
  const stems = said.trim().split(/\s+/).map(stem);
  const count = (c: ColumnRef): number => c.words.filter((w) => stems.includes(stem(w))).length;
  const found = columns.filter((c) => core(c).every((w) => stems.includes(w)));
  const most = Math.max(...found.map(count));
  return only(found.filter((c) => count(c) === most));
}

/** The one other number that is like a number: by the words of its name, by its unit, or as money. */
function likeOf(other: ColumnRef, columns: readonly ColumnRef[]): ColumnRef | undefined {
  const words = other.words.filter((w) => !LIMIT.test(w)).map(stem);
  const rest = columns.filter((c) => c !== other && !isLimit(c));
  const near = rest.filter((c) => core(c)[0] !== core(other)[0] && core(c).some((w) => words.includes(w)));
  const alike = near.length > 0 ? near : rest.filter((c) => core(c)[0] !== core(other)[0]);
  return (
    only(rest.filter((c) => c.words.every((w) => words.includes(stem(w))))) ??
    only(near) ??
    only(alike.filter((c) => c.unit === other.unit && (c.unit !== undefined || near.length > 0))) ??
    alike.find((c) => c.isMoney && c.words.some((w) => /^(?:price|amount)$/.test(w)))
  );
}

const DIFFERENCE = new RegExp(
  String.raw`(?:\b(?:where|when|whose|with) )?((?:\b[a-z]+ ){0,5})\b(more than|over|at least|less than|under|at most|up to|within) (${NUMBER}) ?(?:[a-z°%]+ )?(${OVER}|${UNDER}|(?:away|apart|off|different) from|from|off|of) (?:the |its |their )?([a-z]+(?: [a-z]+){0,2})`,
  'i',
);

/** `more than 3 metres over the lower`, `within 2 degrees of the target`: by how much one number differs from another. */
const differences: Way = (prompt, lexicon) =>
  prompt.replace(DIFFERENCE, (all: string, before: string, bound: string, n: string, side: string, phrase: string) => {
    const columns = measures(lexicon, false);
    const other = told(phrase, columns);
    if (!other || (/^of$/i.test(side) && !/^within$/i.test(bound))) return all;
    const own = columns.filter((c) => c.table === other.table);
    const subject = told(
      before,
      own.filter((c) => c !== other),
    );
    const number = subject ?? likeOf(other, own);
    if (!number) return all;
    const [a, b] = isUnder(side) ? [other, number] : [number, other];
    const rest = phrase
      .split(' ')
      .slice(core(other).length + (phrase.split(' ').includes(other.unit ?? '') ? 1 : 0))
      .join(' ');
    const is = /^within$/i.test(bound) ? 'at most' : bound.toLowerCase();
    const more = `${a.name} minus ${b.name} is ${is} ${n}`;
    const head = subject ? '' : before.replace(/\b(?:is|are|was|were|stays?|lies?) $/i, '');
    if (new RegExp(`^(?:${OVER}|${UNDER})$`, 'i').test(side)) return `${head}where ${more} ${rest}`.trim();
    return /^(?:at most|less than|under|up to)$/.test(is)
      ? `${head}where ${a.name} minus ${b.name} is between -${n} and ${n} ${rest}`.trim()
      : `${head}where ${more} or ${b.name} minus ${a.name} is ${is} ${n} ${rest}`.trim();
  });

const ALLOWED =
  '(?:allows?|permits?|supports?|takes|holds|(?:can|may|is (?:allowed|able|built|made|rated)(?: to| for)?)(?: (?:take|hold|carry|bear|handle|store|have))?)';
const LIMITED = new RegExp(
  String.raw`((?:\b[a-z]+ ){0,3})\b(exceed(?:s|ed|ing)?|surpass(?:es|ed)?|${OVER}|${UNDER}) (?:what )?(?:the |its |their |that )(?:([a-z]+(?: [a-z]+){0,2}) (?:of|for|at|on) (?:the |its |their |each )?([a-z]+)|([a-z]+)(?:['’]s ([a-z]+(?: [a-z]+)?)| ${ALLOWED}))\b(?! [a-z]+ (?:of|per))`,
  'i',
);

/** Numbers of a thing that the words name: any limit of it where they only say that it is one. */
function capsOf(lexicon: Lexicon, noun: string, phrase: string | undefined): readonly ColumnRef[] {
  const tables = lexicon.tables.filter(
    (t) => t.isTable && (t.schema.key?.some((k) => stem(splitName(k)[0] ?? '') === noun) || isRowOf(t.name, noun)),
  );
  const numbers = tables.flatMap((t) => t.columns.filter(isMeasure));
  if (phrase === undefined || /^(?:max|maximum|limit|cap|ceiling)$/i.test(phrase)) return numbers.filter(isLimit);
  return [told(phrase, numbers) ?? []].flat();
}

/** Numbers of the rows that are spoken of, or of all where none are. */
function ownNumbers(lexicon: Lexicon, before: string): readonly ColumnRef[] {
  const columns = measures(lexicon, false);
  const said = before.trim().split(/\s+/);
  const own = columns.filter((c) => said.some((word) => isRowOf(c.table, word)));
  return own.length > 0 ? own : columns;
}

/** `boats longer than the lock allows`, `above the credit limit of their supplier`: a number of the rows beside one of a thing that they name. */
const limits: Way = (prompt, lexicon) =>
  prompt.replace(LIMITED, (all: string, before: string, side: string, ...rest: (string | undefined)[]) => {
    const [phrase, one, other, whose] = rest;
    // "who asks for more than the budget of the opening" says what is asked for by its verb.
    if (/\b(?:for|of|to) $/i.test(before)) return all;
    const columns = ownNumbers(lexicon, before);
    const said = before.trim() === '' ? undefined : told(before, columns);
    for (const cap of capsOf(lexicon, stem(one ?? other ?? ''), phrase ?? whose)) {
      const number = said ?? likeOf(cap, columns);
      if (!number || number.unit !== cap.unit) continue;
      const head = said
        ? before.replace(/^(.*?)\b(?:where|whose|when|with) .*$/i, '$1')
        : before.replace(/\b(?:is|are|was|were|that|which|with) /gi, '');
      return `${said && head === before ? '' : head}where ${number.name} is ${isUnder(side) ? 'under' : 'over'} ${cap.name}`;
    }
    return all;
  });

const LESS = /\b(?:with |having |where )?(less|fewer|more) ([a-z]+(?: [a-z]+){0,2}) than ([a-z]+(?: [a-z]+){0,2})$/i;
const BARE = new RegExp(
  String.raw`(^|[,;:(.] ?|\b(?:whose|where|with) )((?:[a-z]+ ){1,3})(?:is |are |was |were )?(${OVER}|${UNDER}) (?:the )?([a-z]+(?: [a-z]+)?)$`,
  'i',
);

/** `with less delivered than ordered`, `i.e. litres below ordered`: two numbers of one row. */
const pairs: Way = (prompt, lexicon) =>
  prompt
    .replace(LESS, (all: string, side: string, first: string, second: string) => {
      const columns = measures(lexicon, false);
      const [a, b] = [told(first, columns), told(second, columns)];
      return a && b && a !== b && a.table === b.table ? `where ${a.name} is ${/more/i.test(side) ? 'over' : 'under'} ${b.name}` : all;
    })
    .replace(BARE, (all: string, lead: string, first: string, side: string, second: string) => {
      const columns = measures(lexicon, false);
      const other = told(second, columns);
      const rest = columns.filter((c) => c !== other && c.table === other?.table && c.unit === other?.unit);
      const number = told(first, rest) ?? (VALUE_UNITS[first.trim().toLowerCase()] === other?.unit ? only(rest) : undefined);
      return other?.unit && number
        ? `${/\w/.test(lead) ? '' : lead}where ${number.name} is ${isUnder(side) ? 'under' : 'over'} ${other.name}`
        : all;
    });

const AGAINST = new RegExp(
  String.raw`\b(?:that |which |who )?(went|go|goes|came|come|ended|finished|ran|got|fell|rose|stayed|closed|were|was|are|is|sold|landed)(?: sold| priced)?(?: for| at)? (${OVER}|${UNDER}) ((?:twice|double|half|(?:\d+|two|three|four|five|ten) times) )?(?:the|its|their) ([a-z]+(?: [a-z]+){0,2})$`,
  'i',
);

/** `lots that went below the low estimate`, `sold for more than twice the estimate`: the number that is like the one that is named. */
const against: Way = (prompt, lexicon) =>
  prompt.replace(AGAINST, (all: string, verb: string, side: string, times: string | undefined, phrase: string, at: number) => {
    const columns = measures(lexicon, false);
    const other = told(phrase, columns);
    const before = prompt.slice(0, at).trim().split(' ').slice(-3).join(' ');
    const number =
      other &&
      !told(before, columns) &&
      likeOf(
        other,
        columns.filter((c) => c.table === other.table),
      );
    const kept = verb === 'sold' && lexicon.words.has(stem(verb)) ? 'sold ' : '';
    return number
      ? `${kept}where ${number.name} is ${isUnder(side) ? 'under' : 'over'} ${times === undefined ? '' : `${times}the `}${other.name}`
      : all;
  });

/** Numbers that are compared with other numbers, of which the sentence leaves one to be guessed. */
export const comparedWords: Way = (prompt, lexicon) => {
  const text = /\d/.test(prompt) ? differences(prompt, lexicon) : prompt;
  const plain = / (?:the|its|their|that|what) /i.test(text) ? against(limits(text, lexicon), lexicon) : text;
  // "total rejects over total bottles" divides.
  return /\d|\b(?:total|sum|average|avg|mean|share|ratio|percent\w*|number|count)\b/i.test(plain) ? plain : pairs(plain, lexicon);
};
