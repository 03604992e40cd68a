import { type ColumnRef, isMeasure } from './column-facts.ts';
import { COUNTRIES } from './guess-column.ts';
import { type Lexicon, singular } from './lexicon.ts';
import { only } from './only.ts';
import { streamColumns } from './schema-columns.ts';
import { splitName, stem } from './stem.ts';
import { isKnownWord, isStopWord } from './vocabulary.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const BOUND = '(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to|exactly|between|[a-z]+er than)';
const NUMBER = String.raw`[$€£]?\d[\d.,]*`;

const rowsOf = ({ table }: ColumnRef): string => `${singular(splitName(table).at(-1) ?? table)}s`;
const isName = (lexicon: Lexicon, word: string): boolean =>
  lexicon.tables.some(
    (t) => splitName(t.name).some((w) => stem(w) === stem(word)) || t.columns.some((c) => c.words.some((w) => stem(w) === stem(word))),
  );

/** The value of a stream that a word is made of, and its column. */
function valueLike(lexicon: Lexicon, fits: (value: string) => boolean): { ref: ColumnRef; value: string } | undefined {
  for (const ref of streamColumns(lexicon))
    for (const value of ref.schema.values ?? []) if (typeof value === 'string' && fits(value)) return { ref, value };
  return undefined;
}

const MANY = new RegExp(
  String.raw`^((?:(?:show|list|give|find|get)(?: me)? )?(?:(?:all|only|just|the|any) )*)([a-z]+s)((?:(?:, ?| and | or )[a-z]+s)*)( only)?(?=$| (?:that|which|who|with|without|of|from|in|on|by)\b| ${BOUND} ${NUMBER})`,
  'i',
);

/** `refunds over 50`, `gets that missed`: rows of some kind, called by it. */
const kinds: Way = (prompt, lexicon) =>
  prompt.replace(MANY, (all: string, lead: string, first: string, rest: string, _only: string | undefined, at: number) => {
    const behind = prompt.slice(at + all.length);
    // "servfails over 50 per minute" are counted.
    const isBound =
      new RegExp(`^ ${BOUND} ${NUMBER}`, 'i').test(behind) &&
      !/\b(?:per|by|each|every|within|hourly|daily|in (?:an?|\d+) [a-z]+)\b/i.test(behind);
    const words = [first, ...rest.split(/,? (?:and|or) |, ?/)].filter((w) => w !== '');
    if (!isBound && !words.every((w) => isStopWord(w.slice(0, -1)))) return all;
    const found = words.map((w) =>
      valueLike(
        lexicon,
        (v) => `${v}s` === w.toLowerCase() || `${v}es` === w.toLowerCase() || (/(?:al|ance|ion)s$/.test(w) && stem(v) === stem(w)),
      ),
    );
    const ref = found[0]?.ref;
    if (!ref || words.some((w) => isName(lexicon, w)) || found.some((f) => f?.ref !== ref)) return all;
    return `${lead}${rowsOf(ref)} with ${ref.name} ${found.map((f) => f?.value).join(' or ')}`;
  });

/** `denials`, `refusals`, `acceptances` of a state denied, refused, accepted. */
const deeds: Way = (prompt, lexicon) =>
  prompt.replace(/\b([a-z]{3,})(?:al|ance|ence)s?\b/gi, (all: string, root: string) => {
    if (lexicon.words.has(stem(all)) || isName(lexicon, all)) return all;
    const found = valueLike(lexicon, (v) => /ed$/.test(v) && stem(v) === stem(root.toLowerCase()));
    return found ? `${found.value} ${rowsOf(found.ref)}` : all;
  });

/** `more than 20 mites` of mites_counted beside a value `mites`: the number. */
const counted: Way = (prompt, lexicon) =>
  prompt.replace(
    new RegExp(String.raw`\b(?:with )?(${BOUND}) (${NUMBER}) ([a-z]+)\b`, 'gi'),
    (all: string, bound: string, n: string, noun: string) => {
      const column = only(
        streamColumns(lexicon).filter(
          (c) =>
            isMeasure(c) &&
            c.words.length === 2 &&
            c.words.some((w) => stem(w) === stem(noun)) &&
            c.words.some((w) => /^(?:count|counted|number|found)$/.test(w)),
        ),
      );
      return column && valueLike(lexicon, (v) => stem(v) === stem(noun)) ? `with ${column.name} ${bound} ${n}` : all;
    },
  );

/** `6 seaters only`, `40-footers`: things called by the number of what one column counts or measures. */
const ofSize: Way = (prompt, lexicon) =>
  prompt.replace(
    /(?<!\b(?:top|first|last|[a-z]+st) )\b(\d+|two|three|four|five|six|eight|ten)[ -]([a-z]{3,}?)ers?\b(?: ([a-z]+s)\b)?/gi,
    (all: string, n: string, root: string, noun?: string) => {
      if (lexicon.words.has(stem(`${root}er`))) return all;
      const unit = /^foot$/i.test(root) ? 'ft' : root;
      const column = only(streamColumns(lexicon).filter((c) => c.kind === 'number' && c.words.some((w) => w === unit || w === `${root}s`)));
      return column ? `${noun ?? rowsOf(column)} with ${column.name} of ${n}` : all;
    },
  );

const UNITS: Readonly<Record<string, string>> = {
  kilo: 'kg',
  kilogram: 'kg',
  litre: 'l',
  liter: 'l',
  tonne: 't',
  ton: 't',

  kilometre: 'km',
  kilometer: 'km',
};

/** `sold for less than 2 euro per kilo` of price_per_kg: the number that is called so. */
const perUnit: Way = (prompt, lexicon) =>
  prompt.replace(
    new RegExp(
      String.raw`(?:\b(?:priced|costing|going|offered) (?:at|for) |\bat |\bfor )?\b(${BOUND}) (${NUMBER}) ?(?:€|euros?|eur|dollars?|usd|cents?|pounds?)? ?(?:per|an?|\/) ?([a-z]+?)s?\b`,
      'gi',
    ),
    (all: string, bound: string, n: string, unit: string) => {
      const column = only(
        streamColumns(lexicon).filter(
          (c) =>
            c.kind === 'number' &&
            c.words.at(-2) === 'per' &&
            !/^(?:hour|day|minute|week)$/.test(c.words.at(-1) ?? '') &&
            [unit, UNITS[unit]].some((u) => u !== undefined && stem(c.words.at(-1) ?? '') === stem(u)),
        ),
      );
      return column ? `with ${column.name} ${bound} ${n}` : all;
    },
  );

const TOWNS = /^(?:town|city|village|country|region|county|harbour|harbor|port|place|location|district)$/;

/** `dentists in Graz`, `an embassy in Kenya`: where the thing is that the rows name. */
const placeOfThing: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b([a-z]+) (?:based |located |situated )?(?:in|from) (?=([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b)/g,
    (all: string, noun: string, place: string) => {
      const table = lexicon.tables.find((t) => t.isTable && t.schema.key?.some((k) => stem(k) === stem(noun)));
      if (!table) return all;
      const places = table.columns.filter((c) => c.kind === 'text' && TOWNS.test(c.words.at(-1) ?? ''));
      const isCountry = (c: ColumnRef): boolean => c.words.includes('country');
      const column = only(places) ?? only(places.filter((c) => isCountry(c) === COUNTRIES.test(place)));
      return column ? `${noun} with ${column.words.join(' ')} ` : all;
    },
  );

/** `from app checkout` of client_app, `on db billing`: the name or its last word, then the value. */
const besideName: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:from|by|on|in|at|of|for|via) ([a-z_]+) ([a-z][\w-]{2,})(?=$|[,?]| (?:and|or|with|that|which|by|slower|faster|over|under|above|below)\b)/g,
    (all: string, noun: string, value: string) => {
      const columns = streamColumns(lexicon).filter((c) => c.name.toLowerCase() === noun || c.words.at(-1) === noun);
      const isTold = (c: ColumnRef): boolean => c.words.length > 1 || /ing$/.test(value);
      const isFree = columns.every((c) => c.kind === 'text' && !c.schema.values?.length && isTold(c));
      const column = isFree && !isKnownWord(value) && !lexicon.words.has(stem(value)) ? only(columns) : undefined;
      return column ? `with ${column.words.join(' ')} "${value}"` : all;
    },
  );

/** `checkout_v2`: a name with a digit that no schema has is a value. */
const identifiers: Way = (prompt, lexicon) =>
  prompt.replace(/(?<![\w"'`.-])[A-Za-z]+(?:_[A-Za-z0-9]+)+(?![\w"'`-])/g, (name) => {
    const isKnown = lexicon.tables.some(
      (t) => t.name.toLowerCase() === name.toLowerCase() || t.columns.some((c) => c.name.toLowerCase() === name.toLowerCase()),
    );
    return !/\d/.test(name) || isKnown ? name : `"${name}"`;
  });

const hasFlag = (lexicon: Lexicon, word: string): boolean =>
  lexicon.tables.some((t) => t.columns.some((c) => c.kind === 'boolean' && c.words.some((w) => stem(w) === stem(word))));

const SMALL: readonly Way[] = [
  // "all passages but those of tugs"
  (prompt) => prompt.replace(/,? \bbut (?:not )?(?:those|the ones) (?=(?:of|from|in|at|by|with|on|for)\b)/gi, ' except those '),
  // "rush or not"
  (prompt, lexicon) =>
    prompt.replace(/,? ?\b(?<!whether )([a-z]+) or not\b/gi, (all: string, word: string) => (hasFlag(lexicon, word) ? '' : all)),
  // "a single chamber"
  (prompt, lexicon) =>
    prompt.replace(/\b(?:just |only )?(?:a single|just one|only one) ([a-z]+)\b/gi, (all: string, noun: string) => {
      const columns = lexicon.tables.flatMap((t) => t.columns.filter((c) => isMeasure(c) && stem(c.words[0] ?? '') === stem(noun)));
      if (columns.some((c) => c.words.length === 1)) return `1 ${noun}`;
      const column = only(columns.filter((c) => /^(?:count|counted|number)$/.test(c.words[1] ?? '')));
      return column ? `${column.name} of 1` : all;
    }),
  // "shifts that went over 12 hours"
  (prompt) =>
    prompt.replace(
      /\b(that|which) (?:went|ran|go|run) (?:on )?(?:over|past|beyond) (?=\d[\d.,]* ?(?:s|sec|min|h|hour|day|minute|second)s?\b)/gi,
      '$1 took more than ',
    ),
  // "downward passages"
  (prompt, lexicon) =>
    prompt.replace(/\b([a-z]+)wards?\b/gi, (all: string, way: string) => valueLike(lexicon, (v) => v === way.toLowerCase())?.value ?? all),
  // "how many patients does a nurse see? each patient once"
  (prompt) =>
    prompt.replace(
      /^((?:how many|number of|count(?: of| the)?) )(?!distinct|different|unique)((?:[a-z]+ )*?([a-z]+s)\b.*?)[,;.?]? \(?(?:each|every) ([a-z]+) (?:counted )?(?:only |just )?once\b\)?,?/i,
      (all: string, how: string, rest: string, nouns: string, noun: string) =>
        stem(nouns) === stem(noun) || rest.toLowerCase().includes(`${noun.toLowerCase()}s`) ? `${how}distinct ${rest}` : all,
    ),
  // "gets that missed" of a flag hit; "missed the cache" says what was missed
  (prompt, lexicon) =>
    prompt.replace(/\b(?:missed|misses)\b(?! (?:the|an?|its|their|any)\b)/gi, (all: string) =>
      hasFlag(lexicon, 'hit') && !lexicon.words.has(stem('miss')) ? 'not hit' : all,
    ),
  // "calls cut off": the verb, and no switch
  (prompt, lexicon) =>
    prompt.replace(/\b(cut|broken|called|signed|written|paid|kicked|ticked|torn) off\b/gi, (all: string, verb: string) =>
      hasFlag(lexicon, verb) && !hasFlag(lexicon, 'off') ? verb : all,
    ),
];

/** Values told by a noun that is made of them, by their place, or with words that change nothing. */
export const valueWords: Way = (prompt, lexicon) =>
  [identifiers, ...SMALL, perUnit, ofSize, kinds, deeds, counted, placeOfThing, besideName].reduce(
    (text, way) => way(text, lexicon),
    prompt,
  );

/** `gets only`, `only denials`, `only misses`, asked of a query: the column and its value. */
export const valueEdit: Way = (prompt, lexicon) =>
  prompt.replace(
    /^(?:(?:only|just) ([a-z]+s)|([a-z]+s) only)(?= please|[.!]?$)/i,
    (all: string, behind: string | undefined, before: string) => {
      const word = (behind ?? before).toLowerCase();
      if (word === 'misses' && hasFlag(lexicon, 'hit') && !lexicon.words.has(stem(word))) return 'only not hit';
      const root = /^(.{3,})(?:al|ance|ence)s$/.exec(word)?.[1];
      const found = valueLike(
        lexicon,
        (v) => (`${v}s` === word && isStopWord(v)) || (root !== undefined && /ed$/.test(v) && stem(v) === stem(root)),
      );
      return found ? `only ${found.ref.name} ${found.value}` : all;
    },
  );
