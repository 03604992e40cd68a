import type { ColumnRef } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { doneBy } from './read-who.ts';
import { columnsOf, isRowOf, streamsOf } from './schema-columns.ts';
import { splitName, stem } from './stem.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const NUMBER = String.raw`\d[\d.,]*`;
const BOUND = '(?:more than|less than|fewer than|over|under|above|below|beyond|at least|at most|up to|between)';

const stems = (text: string): string => splitName(text).map(stem).join(' ');

/** The words at the beginning of a phrase that are the whole name of a column of some kind, its unit aside. */
function named(phrase: string, lexicon: Lexicon, kinds: readonly ColumnRef['kind'][]): string | undefined {
  const words = phrase.split(' ');
  for (let count = words.length; count > 0; count--) {
    const said = words.slice(0, count).join(' ');
    const isName = columnsOf(lexicon).some(
      (c) =>
        kinds.includes(c.kind) &&
        (stems(c.name) === stems(said) || (c.unit !== undefined && stems(c.words.slice(0, -1).join(' ')) === stems(said))),
    );
    if (isName) return said;
  }
  return undefined;
}

/** Whether a noun is what rows of a relation are called. */
const isRelation = (noun: string, lexicon: Lexicon): boolean =>
  lexicon.tables.some((t) => isRowOf(t.name, noun) || stems(t.name) === stems(noun));

/** `with exactly 8 guests`, `a height of exactly 12`, `with 24 or 27 litres`: the name, then its number. */
const exactly: Way = (prompt, lexicon) =>
  prompt
    .replace(
      new RegExp(
        String.raw`\b(?:with|of|having|that have|which have) (?:(?:exactly|precisely) (${NUMBER})|(${NUMBER}) or (${NUMBER})) ([a-z]+(?: [a-z]+)?)\b`,
        'gi',
      ),
      (said: string, one: string | undefined, a: string, b: string, phrase: string) => {
        const name = named(phrase.toLowerCase(), lexicon, ['number']);
        if (name === undefined || /^(?:or|and)\b/i.test(phrase.slice(name.length).trim())) return said;
        return `where ${name} is ${one ?? `${a} or ${b}`}${phrase.slice(name.length)}`;
      },
    )
    .replace(
      new RegExp(String.raw`\bwith (?:an? |the )?([a-z]+(?: [a-z]+)?) of (?:exactly|precisely) (?=${NUMBER})`, 'gi'),
      (said: string, phrase: string) =>
        named(phrase.toLowerCase(), lexicon, ['number']) === phrase.toLowerCase() ? `where ${phrase} is ` : said,
    );

/** `with a number of crates other than 3`: the column of that name. */
const numberOf: Way = (prompt, lexicon) =>
  prompt.replace(/\bwith an? (?:number|count|amount|quantity) of ([a-z]+)\b/gi, (said: string, noun: string) =>
    named(noun.toLowerCase(), lexicon, ['number']) === undefined ? said : `with ${noun}`,
  );

const DID = new RegExp(
  String.raw`\b(?:(?:that|which|who) )?(?:(?:have|has|had|did|do|does) )?([a-z]+(?:ed|ing|nt|en|s)) (no|zero|any|some|(?:${BOUND}|[<>]=?) (${NUMBER} ?[km]?)) ([a-z]+s)\b`,
  'gi',
);

/** `examining > 1M rows` of rows_examined, `sent no rows` of rows_sent: the number of what was done. */
const didSoMany: Way = (prompt, lexicon) =>
  prompt.replace(DID, (said: string, verb: string, bound: string, amount: string | undefined, noun: string, at: number) => {
    if (amount !== undefined && /^ (?:per|each|every|in|within)\b/.test(prompt.slice(at + said.length))) return said;
    const told = new Set([stem(verb), stem(noun)]);
    const fit = columnsOf(lexicon).filter(
      (c) =>
        c.kind === 'number' && c.unit === undefined && c.words.length === 2 && told.size === 2 && c.words.every((w) => told.has(stem(w))),
    );
    const name = fit.length === 1 ? fit[0]?.words.join(' ') : undefined;
    if (name === undefined) return said;
    return `with ${name} ${amount === undefined ? (/^(?:no|zero)$/i.test(bound) ? 'of 0' : 'over 0') : bound}`;
  });

/** `entries, wait over 5 minutes`: a condition behind a comma. */
const behindComma: Way = (prompt, lexicon) =>
  prompt.replace(
    new RegExp(String.raw`^([^,:?]*[a-z]s), ((?:[a-z]+ ){1,2})(?=${BOUND} (?:[$€£])?\d)`, 'i'),
    (said: string, head: string, phrase: string) =>
      named(phrase.trim().toLowerCase(), lexicon, ['number']) === phrase.trim().toLowerCase() ? `${head} with ${phrase}` : said,
  );

/** `count workouts machine=rower by studio 1h`: as somebody types who is in a hurry. */
const inShort: Way = (prompt, lexicon) =>
  prompt
    .replace(/(?<=[a-z]s) ([a-z]+(?: [a-z]+)?) ?= ?(?=[A-Za-z"'])/g, (said: string, phrase: string) => {
      const name = phrase
        .split(' ')
        .find(
          (_, i, words) =>
            named(words.slice(i).join(' ').toLowerCase(), lexicon, ['text', 'boolean']) === words.slice(i).join(' ').toLowerCase(),
        );
      if (name === undefined) return said;
      const at = phrase.indexOf(name);
      return ` ${phrase.slice(0, at)}with ${phrase.slice(at)} = `;
    })
    .replace(/(\b(?:by|per) [a-z_]+),? (\d+ ?(?:s|sec|m|min|h|d|hours?|minutes?|days?))$/i, '$1 every $2');

/** `with the cancelled ones removed`, `nothing in the note`, `had the note filled in`. */
const leftOut: Way = (prompt, lexicon) =>
  prompt
    .replace(
      /\bwith (?:all )?(?:the |any )?((?:[a-z-]+ ){1,3}?)(?:ones |[a-z]+s )?(?:removed|excluded|left out|taken out|filtered out|omitted|dropped|ignored|stripped out)\b/gi,
      'excluding the $1ones',
    )
    .replace(
      /\b(?:with|having|that have|that had|which have|where there is|there is) (nothing|something|anything) (?:written |noted |entered |filled )?(?:in|under|for|as|at) (?:the |its |their )?([a-z]+(?: [a-z]+)?)\b/gi,
      (said: string, how: string, phrase: string) => {
        const name = named(phrase.toLowerCase(), lexicon, ['text']);
        return name === undefined ? said : `${/^n/i.test(how) ? 'without' : 'with'} a ${phrase}`;
      },
    )
    .replace(
      /\b(?:with|having|that have|that had|which have|which had|that has) (?:the |a |an |their |its )?([a-z]+(?: [a-z]+)?) (?:filled(?: in| out)?|filled-in|completed|entered)\b/gi,
      (said: string, phrase: string) =>
        named(phrase.toLowerCase(), lexicon, ['text']) === phrase.toLowerCase() ? `with a ${phrase}` : said,
    );

/** `rate of bruised picks`: the share of what is so. */
const rateOf: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:the )?rate of ([a-z]+) ([a-z]+s)\b/gi, (said: string, how: string, noun: string) => {
    const isSo =
      columnsOf(lexicon).some((c) => c.kind === 'boolean' && c.words.some((w) => stem(w) === stem(how))) ||
      columnsOf(lexicon).some((c) => (c.schema.values ?? []).some((v) => stem(String(v)) === stem(how)));
    return isSo && isRelation(noun, lexicon) ? `share of ${how} ${noun}` : said;
  });

/** `by who operates the vessel`, `per where they were born`: a name that is made of the verb. */
const byWhom: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(by|per|for each|for every) (?:who(?:ever)?|what(?:ever)?|which [a-z]+)(?: (?:is|are|was|were|has|have|had))? ([a-z]{4,})(?: (?:it|them|that|this|(?:the|its|their|each|every) [a-z]+))?(?= (?:per|and|an?|each|every|in|over)\b|[,.?]|$)/gi,
    (said: string, by: string, verb: string) => {
      const root = stem(verb);
      const fit = columnsOf(lexicon).filter(
        (c) =>
          c.kind === 'text' &&
          c.words.some((w) => doneBy(w).includes(root) || stem(w) === root || stem(`${w.replace(/or$/, '')}e`) === root),
      );
      const names = [...new Set(fit.map((c) => c.name))];
      return names.length === 1 ? `${by} ${names[0]}` : said;
    },
  );

/** `hives that Tomas owns`, `machines Meyer maintains`: whoever does it, in the column that is called after that. */
const doneByName: Way = (prompt, lexicon) =>
  prompt.replace(
    /(?<=[a-z] )(?<!\b(?:by|of|for|from|in|at|on|and|or|to|with|not|is|was|than|per) )(?:(?:that|which|where) )?([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:has |have |had )?([a-z]{3,})(?= |[,.?!]|$)/g,
    (said: string, name: string, verb: string, at: number) => {
      const root = stem(verb);
      if (/(?:er|or)s?$/.test(verb)) return said;
      const before = stem(/[a-z]+(?= $)/.exec(prompt.slice(0, at))?.[0] ?? '');
      const fit = columnsOf(lexicon).filter(
        (c) => c.kind === 'text' && c.words.some((w) => doneBy(w).includes(root) && stem(w) !== before),
      );
      const names = [...new Set(fit.map((c) => c.name))];
      return names.length === 1 ? `with ${names[0]} ${name}` : said;
    },
  );

const NONE =
  /\b(?:(?:that|which|who) )?(?:(?:have |has |had )?never (?:had|got|received|saw|seen)|(?:has|have|had|got|get) no|(?:(?:were|was|are|is|have been|has been) )?(?:not|never) (?:been )?(?:followed by|matched (?:by|with)|joined (?:by|with)|accompanied by|answered by|paired with)|(?:for which|where) there (?:is|was|were|are) no) (?:an? |any |the )?(?:single |matching |corresponding |such )?([a-z]+)\b/gi;

/** `trips that never had a pickup`, `trips with a pickup within 10 minutes`: rows of another stream are not there, or follow. */
const otherStream: Way = (prompt, lexicon) => {
  const streams = streamsOf(lexicon);
  if (streams.length < 2) return prompt;
  const isStream = (noun: string): boolean => streams.some((t) => isRowOf(t.name, noun));
  return prompt
    .replace(NONE, (said: string, noun: string) => (isStream(noun) ? `without a ${noun}` : said))
    .replace(
      /\bwith (?:an?|the|their|its) (?:matching |corresponding )?([a-z]+) (?=(?:with)?in (?:less than |under )?\d)/gi,
      (said: string, noun: string) => (isStream(noun) ? `followed by a ${noun} ` : said),
    );
};

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/(?<!\bhow\b.*)\b(?:differs?|deviates?) from\b|\b(?:is|are|was|were) (?:different|unlike) from\b/gi, 'is not'],
  [
    new RegExp(
      String.raw`\b(?:amount(?:s|ed)? to|add(?:s|ed)? up to|(?:stands?|stood|sits?|sat) at|work(?:s|ed)? out at)(?= (?:over |under )?${NUMBER})`,
      'gi',
    ),
    'is',
  ],
  [new RegExp(String.raw`\b(?:is|are|was|were|falls?|fell|comes?|came) short of(?= ${NUMBER})`, 'gi'), 'is under'],
  [
    new RegExp(String.raw`\b(?:within|in the range(?: of)?|inside|anywhere within) (${NUMBER}) ?(?:-|–|to|and|\.\.) ?(?=${NUMBER})`, 'gi'),
    'between $1 and ',
  ],
  [new RegExp(String.raw`\bupwards? of(?= ${NUMBER})`, 'gi'), 'more than'],
  [/\b(?:says?|said|saying) (?:something|anything) (?:about|on|regarding|concerning)\b/gi, 'mentions'],
  [/,?\s+(?:i mean|you know|so to speak|that is to say)\b,?/gi, ','],
  [/\bno[ -]?one\b(?!-)/gi, 'nobody'],
  // "bursts of bids: their number and the highest amount"
  [/\btheir (?:number|count)\b(?! (?:of|is|was|were|over|under|above|below|exceeds)\b)/gi, 'the count'],
  // "increment of each bid over the one before"
  [
    /\b(?:the )?(?:increment|increase|difference|change|step|jump|rise|gain) (?:of|in|from|between) (?:each|every) ([a-z]+) (?:over|to|from|against|and|since|compared (?:to|with)) (?:the (?:previous|preceding|last|prior) (?:one|\1)|the (?:one|\1) before(?: it)?|its predecessor)\b/gi,
    'how much higher is each $1 than the one before',
  ],
  [/,? \b(?:depending on|as a function of|according to|in dependence (?:on|of))\b/gi, ' by'],
];

const WAYS: readonly Way[] = [
  (prompt) => PLAIN.reduce((said, [pattern, plain]) => said.replace(pattern, plain), prompt),
  exactly,
  numberOf,
  didSoMany,
  behindComma,
  inShort,
  leftOut,
  rateOf,
  byWhom,
  doneByName,
  otherStream,
];

/** Conditions told by a verb, a participle or a place beside their name, said as name and condition. */
export const clauseWords: Way = (prompt, lexicon) => WAYS.reduce((said, way) => way(said, lexicon), prompt);
