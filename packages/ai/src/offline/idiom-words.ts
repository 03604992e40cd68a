import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { only } from './only.ts';
import { splitName, stem } from './stem.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const NUMBER = String.raw`\d[\d.,]*`;
const BOUND = `(?:(?:more than|over|at least|less than|under|at most|up to|above|below) ${NUMBER} ?[a-z]+|${NUMBER} ?[a-z]+ or (?:more|less|longer))`;

/** Ways of saying, many of people who speak another language first, and what they say. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  // "quantity is minimum 100"
  [/\b(is|are|was|were) (?:a |at )?minimum (?=\d)/gi, '$1 at least '],
  [/\b(is|are|was|were) (?:a |at )?maximum (?=\d)/gi, '$1 at most '],
  // "repairs that have not any rating"
  [/\b(have|has|had) not (?:an?|any) (?=[a-z])/gi, '$1 no '],
  // "until now" is no latest value
  [/,? \b(?:until|till|up to|as of) now\b/gi, ''],
  [/ (?:that )?(?:we|they|i|you) (?:have |had )?ever (?:had|have|saw|seen|got|made|sold|measured|recorded)\b/gi, ''],
  [/\bdivided with\b/gi, 'divided by'],
  // "runs that still carry an error"
  [
    /\b(?:(?:that|which|who) )?(?:still |also )?(?:carry|carries|carried|bear|bears|bore|contain|contains|contained) (an?|no) (?=[a-z])/gi,
    'with $1 ',
  ],
  // "what share of the payments is at least one day late"
  [
    /\b(share|percentage|percent|proportion|fraction) of (?:the |all |our )?([a-z]+(?: [a-z]+)?) (?:is|are|was|were) (?=(?:at least|at most|more than|less than|over|under|above|below|[a-z]+er than) )/gi,
    '$1 of $2 that are ',
  ],
  // "need 24 hours or more on average to respond"
  [
    new RegExp(String.raw`\b(?:need|needs|needed|take|takes|took|require|requires) (${BOUND}) on average to ([a-z]+)`, 'gi'),
    'with average $2 of $1',
  ],
  [
    new RegExp(String.raw`\b(?:need|needs|needed|take|takes|took|require|requires) on average (${BOUND}) to ([a-z]+)`, 'gi'),
    'with average $2 of $1',
  ],
];

const streams = (lexicon: Lexicon): readonly ColumnRef[] => lexicon.tables.filter((t) => !t.isTable).flatMap((t) => t.columns);
const texts = (lexicon: Lexicon): readonly ColumnRef[] => lexicon.tables.flatMap((t) => t.columns).filter((c) => c.kind === 'text');

/** `total cost for mechanic and day`, `average rating for mechanic and city`: what is grouped by, where each is the whole name of a column. */
const forEach: Way = (prompt, lexicon) =>
  prompt.replace(/\bfor (?!each|every|all)([a-z_]+) and ([a-z_]+)(?=$|[,.?])/gi, (said: string, a: string, b: string) => {
    const isKey = (word: string): boolean => texts(lexicon).some((c) => c.name.toLowerCase() === word.toLowerCase());
    return isKey(a) && (isKey(b) || /^(?:minute|hour|day|week|month)$/i.test(b)) ? `per ${a} and ${b}` : said;
  });

const PAID = /^(?:cash|card|credit_?card|paypal|voucher|transfer|invoice|debit)$/i;

/** `per payment method` of paid_by: the column that holds cash or card, where no name says so. */
const paymentMethod: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:payment (?:method|type|mode|means)|(?:means|method|way) of payment)\b/gi, (said: string) => {
    const isSaid = texts(lexicon).some((c) => /payment_?(?:method|type|mode|means)|pay_?(?:method|type|mode)/i.test(c.name));
    const held = texts(lexicon).filter((c) => (c.schema.values ?? []).some((v) => PAID.test(String(v))));
    return isSaid ? said : (only(held)?.name ?? said);
  });

/** `biggest sale total`, `heaviest pallet weight`, `appointment prices`: a number of one relation alone, and what its rows are called before it. */
const numberOfRow: Way = (prompt, lexicon) =>
  prompt.replace(
    /(?<!\b(?:each|every|per|a|an|any|does|did|do) )\b([a-z]{3,}) (?=([a-z]{3,})\b)/gi,
    (said: string, row: string, noun: string) => {
      if (/[^s]s$/.test(row) || /^(?:seconds?|minutes?|hours?|days?)$/i.test(noun)) return said;
      const isRow = (c: ColumnRef): boolean => splitName(c.table).some((w) => stem(w) === stem(row));
      const fit = streams(lexicon).filter((c) => isMeasure(c) && c.words[0] !== undefined && stem(c.words[0]) === stem(noun));
      const one = only(fit);
      const isOwn = one === undefined || one.words.some((w) => stem(w) === stem(row)) || !isRow(one);
      return isOwn || lexicon.tables.some((t) => stem(t.name) === stem(noun)) ? said : '';
    },
  );

const joined = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '_');

/** The one column of the streams that holds a value called so, and the value. */
const heldAs = (word: string, lexicon: Lexicon): { readonly ref: ColumnRef; readonly value: string } | undefined =>
  only(
    streams(lexicon).flatMap((ref) => {
      const value = ref.schema.values?.find((v) => joined(String(v)) === joined(word));
      return value === undefined ? [] : [{ ref, value: String(value) }];
    }),
  );

/** `no-shows for colour appointments`: rows of two values, and no quotient. */
const valueForValue: Way = (prompt, lexicon) =>
  prompt.replace(/\b([a-z]+(?:[-_ ][a-z]+)?)s for ([a-z]+)(?: [a-z]+s)?(?=$|[.?!])/gi, (said: string, first: string, second: string) => {
    const [a, b] = [heldAs(first, lexicon), heldAs(second, lexicon)];
    return a && b && a.ref !== b.ref && a.ref.table === b.ref.table
      ? `${a.ref.table} with ${a.ref.name} "${a.value}" and ${b.ref.name} "${b.value}"`
      : said;
  });

/** `top 3 bouquets by sales`: what they bring in, where nothing is called sales. */
const bySales: Way = (prompt, lexicon) =>
  prompt.replace(/\bby (?:total )?(sales|takings|turnover|earnings)\b/gi, (said: string, word: string) => {
    const isName = lexicon.tables.some((t) =>
      [t.name, ...t.columns.map((c) => c.name)].some((n) => splitName(n).some((w) => stem(w) === stem(word))),
    );
    return isName ? said : 'by revenue';
  });

/** `median answering time` of seconds and answered_at: the one length of time that the rows have which tell of it. */
const timeOfDoing: Way = (prompt, lexicon) =>
  prompt.replace(/\b([a-z]{3,}ing) time\b(?: in (?:seconds|minutes|hours|ms))?/gi, (said: string, doing: string) => {
    const speaksOf = (c: ColumnRef): boolean => c.words.some((w) => stem(w) === stem(doing));
    const isLength = (c: ColumnRef): boolean => isMeasure(c) && /^(?:ms|s|min|h)$/.test(c.unit ?? '');
    const tables = lexicon.tables.filter((t) => !t.isTable && t.columns.some(speaksOf));
    const lengths = tables.flatMap((t) => t.columns.filter(isLength));
    return lengths.some(speaksOf) ? said : (only(lengths)?.name ?? said);
  });

/** `queues in eu-west-1`: where clouds are, of the one column that is called region. */
const cloudRegion: Way = (prompt, lexicon) =>
  prompt.replace(/\bin (?=(?:eu|us|ap|sa|ca|af|me)-[a-z]+-\d\b)/gi, (said: string) => {
    const names = [...new Set(texts(lexicon).flatMap((c) => (c.words.includes('region') ? [c.name] : [])))];
    return names.length === 1 ? `with ${names[0]} ` : said;
  });

const WAYS: readonly Way[] = [cloudRegion, bySales, timeOfDoing, forEach, paymentMethod, numberOfRow, valueForValue];

/** Idioms in the plain words for them, and nouns that only say whose a number is. */
export function idiomWords(prompt: string, { schemas, glossary }: NlToSqlRequest): string {
  const lexicon = lexiconOf(schemas, glossary);
  return WAYS.reduce(
    (said, way) => way(said, lexicon),
    PLAIN.reduce((said, [pattern, plain]) => said.replace(pattern, plain), prompt),
  );
}
