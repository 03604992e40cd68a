import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { isUpperBound } from './adjective-numbers.ts';
import { boundWords } from './bound-words.ts';
import { clauseWords } from './clause-words.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparedWords } from './compared-words.ts';
import { conditionWords } from './condition-words.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { only } from './only.ts';
import { ORDINALS } from './ordinals.ts';
import { rowWords } from './row-words.ts';
import { saidValues } from './said-values.ts';
import { stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { valueWords } from './value-words.ts';

const BOUND = '(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to)';
const NUMBER = String.raw`\d[\d.,]*`;
const escaped = (text: string): string => text.replace(/[^\w]/g, String.raw`\$&`);

const nameOf = (columns: readonly ColumnRef[]): string | undefined => only([...new Set(columns.map((c) => c.name))]);

type Way = (prompt: string, columns: readonly ColumnRef[]) => string;

/** `release_m3s` said as it is written: its digits divide the token, so it is said by its words. */
const writtenNames: Way = (prompt, columns) =>
  columns.reduce((text, { name }) => {
    if (!/[a-z]\d/i.test(name) || !name.includes('_') || !text.includes(name)) return text;
    const parts = name.split('_');
    const plain = parts.filter((p) => !/\d/.test(p) || p === parts[0]).join(' ');
    return text.replaceAll(new RegExp(String.raw`\b${escaped(name)}\b`, 'g'), plain);
  }, prompt);

/** `not cooked by Petra` of cook, `not inspected by Holt` of inspector. */
const notDoneBy: Way = (prompt, columns) =>
  prompt.replace(/,?\s*\b(?:and |but )?not ([a-z]+ed) by (?=[A-Z])/g, (all: string, verb: string) => {
    const name = nameOf(columns.filter((c) => c.kind === 'text' && stem(c.name.toLowerCase().replace(/(?:er|or)$/, '')) === stem(verb)));
    return name === undefined ? all : ` and ${name} is not `;
  });

/** `more than 60 t of scrap` of scrap_t: the name, then the bound. */
const amountOf: Way = (prompt, columns) =>
  prompt.replace(
    new RegExp(String.raw`\b(${BOUND}) (${NUMBER}) ?([a-z]+) of ([a-z]+)\b`, 'gi'),
    (all: string, bound: string, number: string, unit: string, noun: string) => {
      const name = nameOf(
        columns.filter(
          (c) => isMeasure(c) && c.words.length > 1 && c.words.at(-1) === unit && c.words.slice(0, -1).some((w) => stem(w) === stem(noun)),
        ),
      );
      return name === undefined ? all : `${name} ${bound} ${number}`;
    },
  );

/** `less than 50 km to the sea` of km_to_sea: all words of a name behind the number. */
const nameBehindNumber: Way = (prompt, columns) =>
  columns.reduce((text, { name, words, kind }) => {
    if (kind !== 'number' || words.length < 3 || !text.toLowerCase().includes(words.at(-1) as string)) return text;
    const said = words.map((w) => `(?:the |an? )?${escaped(w)}`).join(' ');
    return text.replace(new RegExp(String.raw`(?:\b(?:from|with|at) )?\b(${BOUND}) (${NUMBER}) ?${said}\b`, 'gi'), `with ${name} $1 $2`);
  }, prompt);

/** `above magnitude 5`, `stronger than a mag of 5`, `below floor 3`: the number is named between the bound and its value. */
const nameInside: Way = (prompt, columns) =>
  prompt.replace(
    new RegExp(
      String.raw`\b(over|above|beyond|under|below|beneath|(?:more|less|[a-z]+er) than) (?:an? |the )?([a-z]+)(?: of)? (?=(${NUMBER})\b(?![\w%:-]))`,
      'gi',
    ),
    (all: string, bound: string, noun: string) => {
      const isCalled = (c: ColumnRef): boolean =>
        c.words.some((w) => w.length > 1 && [w, longForm(w) ?? w].some((n) => stem(n) === stem(noun)));
      const name = nameOf(columns.filter((c) => c.kind === 'number' && !c.isId && isCalled(c)));
      return name === undefined ? all : `with ${name} ${isUpperBound(bound) ? 'under' : 'over'} `;
    },
  );

const DIMENSION: Readonly<Record<string, readonly [string, 'under' | 'over']>> = {
  thinner: ['thickness', 'under'],
  thicker: ['thickness', 'over'],
  wider: ['width', 'over'],
  narrower: ['width', 'under'],
  shallower: ['depth', 'under'],
  deeper: ['depth', 'over'],
  taller: ['height', 'over'],
};

/** `thinner than 1.5 mm and wider than 1200 mm`: each of its own number. */
const comparedSizes: Way = (prompt, columns) =>
  prompt.replace(new RegExp(String.raw`\b(${Object.keys(DIMENSION).join('|')}) than (?=${NUMBER})`, 'gi'), (all: string, word: string) => {
    const [what, bound] = DIMENSION[word.toLowerCase()] ?? [];
    const name = nameOf(columns.filter((c) => isMeasure(c) && c.words.includes(what as string)));
    return name === undefined ? all : `with ${name} ${bound} `;
  });

/** `with the alarm on`, `with its pump running`: the flag of that name. */
const flagOn: Way = (prompt, columns) =>
  prompt.replace(/\bwith (?:the|its|their|an?) ([a-z]+) (on|off)\b(?! [a-z]*\d)/gi, (all: string, word: string, how: string) => {
    const name = nameOf(columns.filter((c) => c.kind === 'boolean' && c.words.length === 1 && stem(c.name) === stem(word)));
    return name === undefined ? all : `where ${name} is ${how.toLowerCase() === 'on' ? 'true' : 'false'}`;
  });

/** `second half sprints`, `of their third session`: a whole number that tells which. */
const ordinals: Way = (prompt, columns) =>
  prompt.replace(
    new RegExp(String.raw`(?<!\b(?:every|each|per) )\b(?:(?:the|their|its) )?(${ORDINALS.join('|')}) ([a-z]+)\b(?! of\b)`, 'gi'),
    (all: string, nth: string, noun: string) => {
      const column = columns.find((c) => c.kind === 'number' && c.words.length === 1 && stem(c.name) === stem(noun));
      return column ? `${column.name} ${ORDINALS.indexOf(nth.toLowerCase()) + 1}` : all;
    },
  );

/** `on the Elbe`, `along the Rhine`, where rivers have a column. */
const waters: Way = (prompt, columns) => {
  const name = nameOf(
    columns.filter(
      (c) => c.kind === 'text' && c.words.length === 1 && /^(?:river|lake|sea|canal|ship|vessel|boat)$/.test(c.name.toLowerCase()),
    ),
  );
  return name === undefined || new RegExp(String.raw`\b${name}s?\b`, 'i').test(prompt)
    ? prompt
    : prompt.replace(/(?<=\b(?:on|along|in|of|only|just|for|at|from) )the (?=[A-Z][a-z]+\b(?! [A-Z]))/g, `${name} `);
};

/** `1 star reviews with text`: a text that may be missing is there. */
const withText: Way = (prompt, columns) =>
  prompt.replace(
    /\b([a-z]+?)s? (with|without) (?:an? |any |some )?(?:text|words|wording)\b/gi,
    (all: string, noun: string, how: string) => {
      const column = columns.find((c) => c.kind === 'text' && c.words.length === 1 && stem(c.name) === stem(noun));
      return column ? `rows ${how} ${column.name}` : all;
    },
  );

/** `in which the candidate did not show up` of no_show. */
const didNot: Way = (prompt, columns) =>
  prompt.replace(
    /\b(?:in which|where|when|to which|that|who|whose)(?:(?: (?:the |an? )?[a-z]+)? (?:did not|didn['’]t|never)| nobody| no one) ([a-z]+)(?: up)?\b/gi,
    (all: string, verb: string) => {
      const column = columns.find(
        (c) => c.kind === 'boolean' && c.words.length === 2 && c.words[0] === 'no' && stem(c.words[1] as string) === stem(verb),
      );
      return column ? `with ${column.name}` : all;
    },
  );

/** `somebody noted a damage` of damage_note: a text that somebody wrote. */
const somebodyNoted: Way = (prompt, columns) =>
  prompt.replace(
    /^(?:where )?(?:somebody|someone|anybody|anyone|they|people) (?:noted|wrote|reported|recorded|described|mentioned|left) (?:an? |some |any )?([a-z]+)\b/i,
    (all: string, noun: string) => {
      const name = nameOf(columns.filter((c) => c.kind === 'text' && c.words.some((w) => stem(w) === stem(noun))));
      return name === undefined ? all : `rows with ${name}`;
    },
  );

const PEOPLE = /^(?:people|persons?|passengers?|patients?|workers?|guests?|customers?|ones|things|items)$/;

/** `with burnt loaves`, `with injured people`: a number of what was done to them is more than none. */
const someDone: Way = (prompt, columns) =>
  prompt.replace(
    /\b(with|without) (?:any |some )?([a-z]+(?:ed|nt|en)) ([a-z]+s|people)\b(?! (?:over|under|above|below|more|less|at))/gi,
    (all: string, how: string, done: string, noun: string) => {
      const column = columns.find((c) => c.kind === 'number' && c.name.toLowerCase() === done.toLowerCase());
      const other =
        PEOPLE.test(noun) || columns.some((c) => c.kind === 'number' && c.table === column?.table && stem(c.name) === stem(noun));
      return column && other ? `with ${column.name} ${how.toLowerCase() === 'with' ? 'over 0' : 'of 0'}` : all;
    },
  );

/** `incidents with injuries` of a whole number injured, `stations with gaps` of gap_count: more than none. */
const withSome: Way = (prompt, columns) =>
  prompt.replace(
    /\b(?<!(?:,|\band) [a-z]+ )with (?:any |some )?([a-z]+(?:s|ed))(?=$|[.?!]| (?:per|by|in|on|at|each|every|of the|during)\b)/gi,
    (all: string, noun: string) => {
      const isCount = ({ words }: ColumnRef): boolean =>
        stem(words[0] ?? '') === stem(noun) && (words.length === 1 || (words.length === 2 && /^(?:count|number)$/.test(words[1] ?? '')));
      const name = nameOf(
        columns.filter((c) => c.kind === 'number' && /INT/i.test(c.schema.type) && !c.isId && c.unit === undefined && isCount(c)),
      );
      return name === undefined ? all : `with ${name} over 0`;
    },
  );

/** `people denied at the North stand`: whoever is spoken of is what rows are of. */
const whoever: Way = (prompt, columns) =>
  /^(?:all )?people [a-z]+ed\b/i.test(prompt) && !columns.some((c) => /^(?:people|persons?)$/.test(c.words.at(-1) ?? ''))
    ? prompt.replace(/^(?:all )?people/i, 'rows')
    : prompt;

const WAYS: readonly Way[] = [
  notDoneBy,
  amountOf,
  nameBehindNumber,
  nameInside,
  comparedSizes,
  flagOn,
  ordinals,
  waters,
  withText,
  didNot,
  somebodyNoted,
  someDone,
  withSome,
  whoever,
  writtenNames,
];

const READ: readonly ((prompt: string, lexicon: Lexicon) => string)[] = [
  valueWords,
  comparedWords,
  boundWords,
  rowWords,
  conditionWords,
  clauseWords,
  saidValues,
];

/** Conditions that are told around the names of what they are of, said with these names. */
export function saidConditions(prompt: string, { schemas, glossary }: NlToSqlRequest): string {
  const lexicon = lexiconOf(schemas, glossary);
  const columns = lexicon.tables.flatMap((t) => t.columns);
  return WAYS.reduce(
    (text, way) => way(text, columns),
    READ.reduce((text, way) => way(text, lexicon), prompt),
  );
}
