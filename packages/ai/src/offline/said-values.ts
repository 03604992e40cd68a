import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { columnsOf, streamColumns } from './schema-columns.ts';
import { stem } from './stem.ts';

const NUMBER = String.raw`\d[\d.,]*`;
const oneOf = (columns: readonly ColumnRef[]): ColumnRef | undefined =>
  new Set(columns.map((c) => c.name)).size === 1 ? columns[0] : undefined;

type Way = (prompt: string, lexicon: Lexicon) => string;

/** `each day and town`: a time and what the rows are grouped by. */
const timeAndGroup: Way = (prompt, lexicon) =>
  prompt.replace(/\b((?:each|every|per) (?:minute|hour|day|week|month)) and ([a-z]+)\b/gi, (said: string, time: string, noun: string) =>
    columnsOf(lexicon).some((c) => c.kind === 'text' && c.words.length === 1 && stem(c.name) === stem(noun)) ? `${time}, by ${noun}` : said,
  );

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\bammoni(?:um|a)\b/gi, 'nh4'],
  [/\bnitrates?\b/gi, 'no3'],
  [/\bphosphates?\b/gi, 'po4'],
  [/\bnitrogen dioxide\b/gi, 'no2'],
  [/\bcarbon dioxide\b/gi, 'co2'],
  [/\bsulph?f?ur dioxide\b/gi, 'so2'],
  [/\bozone\b/gi, 'o3'],
  [/\boxygen\b/gi, 'o2'],
  [/\bhydrogen\b/gi, 'h2'],
  [/\bmethane\b/gi, 'ch4'],
];

/** `ammonium (nh4)`, `ammonium` of nh4_mgl: a substance by the sign that one column of a stream begins with. */
const substances: Way = (prompt, lexicon) =>
  SIGNS.reduce((text, [word, sign]) => {
    if (!text.match(word)) return text;
    const names = columnsOf(lexicon);
    const column = oneOf(streamColumns(lexicon).filter((c) => c.name.toLowerCase().split('_')[0] === sign));
    if (
      !column ||
      names.some((c) => c.words.some((w) => w.match(word))) ||
      names.some((c) => (c.schema.values ?? []).some((v) => String(v).match(word)))
    )
      return text;
    return text.replace(new RegExp(String.raw`${word.source}(?:\s*\(${sign}\))?`, 'gi'), column.name.replaceAll('_', ' '));
  }, prompt);

const MASS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:kg|kilos?|kilograms?)$/i, /kg$/i],
  [/^(?:t|tons?|tonnes?)$/i, /_t$/],
  [/^(?:g|grams?)$/i, /_g$|[a-z]G$/],
];

/** `parcels between 10 and 20 kg`, `coils of 20 to 25 tonnes`: of the one number that is measured so. */
const massBetween: Way = (prompt, lexicon) =>
  prompt.replace(
    new RegExp(String.raw`\b([a-z]+s) (?:between|of|from|weighing) (${NUMBER}) (?:and|to|-) (${NUMBER}) ?([a-z]+)\b(?! of\b)`, 'i'),
    (said: string, noun: string, low: string, high: string, unit: string) => {
      const ending = MASS.find(([word]) => word.test(unit))?.[1];
      const column = ending && oneOf(streamColumns(lexicon).filter((c) => isMeasure(c) && ending.test(c.name)));
      return column ? `${noun} with ${column.name} between ${low} and ${high}` : said;
    },
  );

const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const countOf = (word: string): number => (COUNTS.includes(word.toLowerCase()) ? COUNTS.indexOf(word.toLowerCase()) + 1 : Number(word));

/** `slower than 360 s per km`, `between four and five minutes per km`: a pace, where one is measured so. */
const pace: Way = (prompt, lexicon) => {
  const column = oneOf(streamColumns(lexicon).filter((c) => isMeasure(c) && /_s_km$|S(?:ec)?PerKm$|_sec_per_km$/.test(c.name)));
  if (!column) return prompt;
  const unit = String.raw`(s|secs?|seconds?|min|mins?|minutes?) (?:per|a|\/) ?(?:km|kilomet(?:er|re))\b`;
  const amount = (text: string, said: string): number => countOf(text) * (/^m/i.test(said) ? 60 : 1);
  const count = String.raw`(\d[\d.]*|${COUNTS.join('|')})`;
  return prompt
    .replace(
      new RegExp(String.raw`\b(?:pace )?(slower|faster|quicker) than ${count} ?${unit}`, 'gi'),
      (_, how: string, n: string, u: string) => `with ${column.name} ${how === 'slower' ? 'over' : 'under'} ${amount(n, u)}`,
    )
    .replace(
      new RegExp(String.raw`\b(?:pace )?(?:between|from|of) ${count} (?:and|to|-) ${count} ?${unit}`, 'gi'),
      (_, a: string, b: string, u: string) => `${column.name} between ${amount(a, u)} and ${amount(b, u)}`,
    );
};

/** `lockers that are full (0 free slots)`: the bracket says what the adjective is. */
const numberInBrackets: Way = (prompt) =>
  prompt.replace(/\b(?:that|which|who) (?:are|is|were|was) [a-z]+ \((\d[\d.,]*%? [a-z][a-z ]*)\)/gi, 'with $1');

/** `small or medium size (s, m)`: the values of one column that the bracket names. */
const valuesInBrackets: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:[a-z]+ (?:or|and) )?[a-z]+ ([a-z]+) \(([a-z0-9-]+(?:(?:, ?| or | and )[a-z0-9-]+)*)\)/gi,
    (said: string, noun: string, inside: string) => {
      const values = inside.split(/, ?| or | and /);
      const column = columnsOf(lexicon).find(
        (c) => stem(c.name) === stem(noun) && values.every((v) => (c.schema.values ?? []).includes(v)),
      );
      return column ? `${column.name} ${values.join(' or ')}` : said;
    },
  );

/** `in room Crypt`, where several relations have rooms: the name of the column is said beside its value. */
const besideName: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:in|at|on|of) ([a-z]+) (?=[A-Z][a-z]+)/g, (said: string, noun: string) =>
    columnsOf(lexicon).filter((c) => c.kind === 'text' && c.name === noun).length > 1 ? `with ${noun} ` : said,
  );

/** `washes by members` of a flag: whose they are, and no group. */
const byWhom: Way = (prompt, lexicon) =>
  prompt.replace(/(?<!(?:divided|times|multiplied) )\bby ([a-z]{4,}s)\b(?! (?:and|or|over|with))/g, (said: string, noun: string) => {
    const same = columnsOf(lexicon).filter((c) => c.words.length === 1 && stem(c.name) === stem(noun));
    return same.length > 0 && same.every((c) => c.kind === 'boolean') ? `of ${noun}` : said;
  });

/** `test creatinine above 1.8` of testName: the name of what is tested stands behind. */
const namedKind: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b([a-z]{3,}) ([a-z]{5,})(?= (?:above|over|below|under|at least|at most|between) \d)/g,
    (said: string, head: string, value: string) => {
      const column = only(
        streamColumns(lexicon).filter(
          (c) => c.kind === 'text' && c.words.length === 2 && c.words[0] === head && /^(?:name|type|kind|code)$/.test(c.words[1] as string),
        ),
      );
      return column && !lexicon.words.has(stem(value)) ? `${column.name} ${value}` : said;
    },
  );

/** `rejections for senior openings`: rows that belong to things of a table, and no quotient. */
const forThings: Way = (prompt, lexicon) =>
  prompt.replace(/\bfor (?=((?:[a-z]+ )?)([a-z]+s)\b)/g, (said: string, _: string, noun: string) =>
    lexicon.tables.some((t) => t.isTable && stem(t.name) === stem(noun)) ? 'of ' : said,
  );

/** `locked gates that still release water`: a number that is called like the verb is more than none. */
const stillDo: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:that|which) (?:still |do |already )([a-z]+)(?: [a-z]+)?$/i, (said: string, verb: string) => {
    const column = oneOf(streamColumns(lexicon).filter((c) => isMeasure(c) && c.words.length > 1 && c.words[0] === verb.toLowerCase()));
    return column ? `with ${column.words[0]} over 0` : said;
  });

/** `average pledge`, `biggest pledge by amount` of pledges: what a row is worth, where one number alone is money. */
const worthOfRow: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(average|mean|median|biggest|largest|smallest) ([a-z]{4,})(?: by (?:amount|value|price|money))?(?=$|,| (?:per|by|for|of (?:each|every)|in|to|from|at) )/i,
    (said: string, figure: string, noun: string) => {
      const table = only(lexicon.tables.filter((t) => !t.isTable && stem(t.name) === stem(noun)));
      const money = table?.columns.filter((c) => c.isMoney) ?? [];
      const isColumn = columnsOf(lexicon).some((c) => c.kind !== 'time' && c.words.some((w) => stem(w) === stem(noun)));
      return money.length === 1 && !isColumn ? `${figure} ${money[0]?.name}` : said;
    },
  );

const WAYS: readonly Way[] = [
  worthOfRow,
  timeAndGroup,
  substances,
  massBetween,
  pace,
  numberInBrackets,
  valuesInBrackets,
  besideName,
  byWhom,
  namedKind,
  forThings,
  stillDo,
];

/** Values and amounts that are told by their unit, their sign, in brackets or beside a name, said with the name of the column. */
export const saidValues = (prompt: string, lexicon: Lexicon): string => WAYS.reduce((text, way) => way(text, lexicon), prompt);
