import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { figureIdioms } from './figure-idioms.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { listedColumns } from './listed-columns.ts';
import { only } from './only.ts';
import { isRowOf, oneValue, streamColumns, streamsOf, textsOf } from './schema-columns.ts';
import { splitName, stem } from './stem.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const NUMBER = String.raw`\d[\d.,]*`;
const BOUND = `(?:(?:more than|over|at least|less than|under|at most|up to|above|below) ${NUMBER} ?[a-z]+|${NUMBER} ?[a-z]+ or (?:more|less|longer))`;

/** Ways of saying, many of people who speak another language first, and what they say. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  // "repairs that have not any rating"
  [/\b(have|has|had) not (?:an?|any) (?=[a-z])/gi, '$1 no '],
  // "until now" is no latest value
  [/,? \b(?:until|till|up to|as of) now\b/gi, ''],
  [/ (?:that )?(?:we|they|i|you) (?:have |had )?ever (?:had|have|saw|seen|got|made|sold|measured|recorded)\b/gi, ''],
  // "movements that come from the app"
  [/\bthat (?:come|came|comes) (?=(?:from|through|via)\b)/gi, ''],
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

/** `total cost for mechanic and day`, `average rating for mechanic and city`: what is grouped by, where each is the whole name of a column. */
const forEach: Way = (prompt, lexicon) =>
  prompt.replace(/\bfor (?!each|every|all)([a-z_]+) and ([a-z_]+)(?=$|[,.?])/gi, (said: string, a: string, b: string) => {
    const isKey = (word: string): boolean => textsOf(lexicon).some((c) => c.name.toLowerCase() === word.toLowerCase());
    return isKey(a) && (isKey(b) || /^(?:minute|hour|day|week|month)$/i.test(b)) ? `per ${a} and ${b}` : said;
  });

const PAID = /^(?:cash|card|credit_?card|paypal|voucher|transfer|invoice|debit)$/i;

/** `per payment method` of paid_by: the column that holds cash or card, where no name says so. */
const paymentMethod: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:payment (?:method|type|mode|means)|(?:means|method|way) of payment)\b/gi, (said: string) => {
    const isSaid = textsOf(lexicon).some((c) => /payment_?(?:method|type|mode|means)|pay_?(?:method|type|mode)/i.test(c.name));
    const held = textsOf(lexicon).filter((c) => (c.schema.values ?? []).some((v) => PAID.test(String(v))));
    return isSaid ? said : (only(held)?.name ?? said);
  });

/** `biggest sale total`, `heaviest pallet weight`, `appointment prices`: a number of one relation alone, and what its rows are called before it. */
const numberOfRow: Way = (prompt, lexicon) =>
  prompt.replace(
    /(?<!\b(?:each|every|per|a|an|any|does|did|do) )\b([a-z]{3,}) (?=([a-z]{3,})\b)/gi,
    (said: string, row: string, noun: string) => {
      if (/[^s]s$/.test(row) || /^(?:seconds?|minutes?|hours?|days?)$/i.test(noun)) return said;
      const isRow = (c: ColumnRef): boolean => splitName(c.table).some((w) => stem(w) === stem(row));
      const fit = streamColumns(lexicon).filter((c) => isMeasure(c) && c.words[0] !== undefined && stem(c.words[0]) === stem(noun));
      const one = only(fit);
      const isOwn = one === undefined || one.words.some((w) => stem(w) === stem(row)) || !isRow(one);
      return isOwn || lexicon.tables.some((t) => stem(t.name) === stem(noun)) ? said : '';
    },
  );

const joined = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '_');

/** The one value of the streams that is called so, and its column. */
const heldAs = (word: string, lexicon: Lexicon) => oneValue(streamColumns(lexicon), (value) => joined(value) === joined(word));

/** `no-shows for colour appointments`: rows of two values, and no quotient. */
const valueForValue: Way = (prompt, lexicon) =>
  prompt.replace(/\b([a-z]+(?:[-_ ][a-z]+)?)s for ([a-z]+)(?: [a-z]+s)?(?=$|[.?!])/gi, (said: string, first: string, second: string) => {
    const [a, b] = [heldAs(first, lexicon), heldAs(second, lexicon)];
    return a && b && a.ref !== b.ref && a.ref.table === b.ref.table
      ? `${a.ref.table} with ${a.ref.name} "${a.value}" and ${b.ref.name} "${b.value}"`
      : said;
  });

const LESS = /^(?:less|shorter|fewer)$/i;

/** `shifts of 6 hours or more` of a column hours: the unit is the name. */
const ofUnit: Way = (prompt, lexicon) =>
  prompt.replace(
    /\bof (\d[\d.]*) (seconds|minutes|hours|days|litres|kilometres|km) or (more|longer|less|shorter|fewer)\b/gi,
    (said: string, n: string, unit: string, more: string) => {
      const column = only(streamColumns(lexicon).filter((c) => c.name.toLowerCase() === unit.toLowerCase() && isMeasure(c)));
      return column ? `with ${column.name} of at ${LESS.test(more) ? 'most' : 'least'} ${n}` : said;
    },
  );

/** `IP addresses` of a column ip. */
const addresses: Way = (prompt, lexicon) =>
  prompt.replace(/\b(ip|mac|e-?mail)(?:[ -]v[46])?[ -]address(?:es)?\b/gi, (said: string, kind: string) => {
    const fit = textsOf(lexicon).filter((c) => c.words.includes(kind.replace('-', '').toLowerCase()));
    return fit.length > 0 && fit.every((c) => !c.words.some((w) => /^addr/.test(w))) ? kind : said;
  });

/** `different users in the logins of each country`: what is counted once, by what, of which rows. */
const differentIn: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b((?:different|distinct|unique) [a-z]+) (?:in|among|of|across) (?:the |all )?([a-z]+s) (?:of|for|in|per|by) (?:each |every )?([a-z]+)\b/gi,
    (said: string, things: string, rows: string, group: string) =>
      streamsOf(lexicon).some((t) => isRowOf(t.name, rows)) && textsOf(lexicon).some((c) => c.words.some((w) => stem(w) === stem(group)))
        ? `${things} per ${group} of ${rows}`
        : said,
  );

/** `different products scanned per store` of scans: the verb says of which rows. */
const differentDone: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b((?:different|distinct|unique) [a-z]+s) ([a-z]+ed) (?=(?:per|by|in|at|for|each|every)\b)/gi,
    (said: string, things: string, verb: string) => {
      const isRows = streamsOf(lexicon).some((t) => isRowOf(t.name, verb));
      const isValue = streamColumns(lexicon).some((c) => (c.schema.values ?? []).some((v) => stem(String(v)) === stem(verb)));
      return isRows && !isValue ? `${things} ` : said;
    },
  );

/** `customers whose invoices add up to more than 100000`: the total of what the rows are worth. */
const addUpTo: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:whose|with|where(?: the| their)?) ([a-z]+s)(?: together)? (?:add|adds|added|sum|sums|summed) up to (?=(?:more than|at least|over|less than|under|at most) \d)/gi,
    (said: string, rows: string) => {
      const table = only(streamsOf(lexicon).filter((t) => splitName(t.name).some((w) => stem(w) === stem(rows))));
      const money =
        table?.columns.filter((c) => isMeasure(c) && c.isMoney && c.words.some((w) => /^(?:amount|total|price|value|cost)$/.test(w))) ?? [];
      return money.length === 1 ? `with a total ${money[0]?.name} of ` : said;
    },
  );

/** `largest single receipt of each store` of receipt_id and a total: what such a row is worth. */
const largestOfRow: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(largest|biggest|highest|smallest) (?:single |individual )?([a-z]{4,}) (?:of|for|per|by) (?:each |every |a )?(?=[a-z])/gi,
    (said: string, figure: string, row: string) => {
      const isRow = (c: ColumnRef): boolean => c.isId && c.words.length === 2 && stem(c.words[0] ?? '') === stem(row);
      const isWorth = (c: ColumnRef): boolean => isMeasure(c) && c.isMoney && /^(?:total|amount|price|value)$/.test(c.words[0] ?? '');
      const tables = streamsOf(lexicon).filter((t) => (t.columns[0] ? isRow(t.columns[0]) : false));
      const worth = only(tables.flatMap((t) => t.columns.filter(isWorth)));
      return worth ? `${figure} ${worth.name} per ` : said;
    },
  );

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
    const tables = streamsOf(lexicon).filter((t) => t.columns.some(speaksOf));
    const lengths = tables.flatMap((t) => t.columns.filter(isLength));
    return lengths.some(speaksOf) ? said : (only(lengths)?.name ?? said);
  });

/** `queues in eu-west-1`: where clouds are, of the one column that is called region. */
const cloudRegion: Way = (prompt, lexicon) =>
  prompt.replace(/\bin (?=(?:eu|us|ap|sa|ca|af|me)-[a-z]+-\d\b)/gi, (said: string) => {
    const names = [...new Set(textsOf(lexicon).flatMap((c) => (c.words.includes('region') ? [c.name] : [])))];
    return names.length === 1 ? `with ${names[0]} ` : said;
  });

const WAYS: readonly Way[] = [
  figureIdioms,
  listedColumns,
  largestOfRow,
  ofUnit,
  addresses,
  differentIn,
  differentDone,
  addUpTo,
  cloudRegion,
  bySales,
  timeOfDoing,
  forEach,
  paymentMethod,
  numberOfRow,
  valueForValue,
];

/** Idioms in the plain words for them, and nouns that only say whose a number is. */
export function idiomWords(prompt: string, { schemas, glossary }: NlToSqlRequest): string {
  const lexicon = lexiconOf(schemas, glossary);
  return WAYS.reduce(
    (said, way) => way(said, lexicon),
    PLAIN.reduce((said, [pattern, plain]) => said.replace(pattern, plain), prompt),
  );
}
