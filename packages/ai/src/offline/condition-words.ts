import type { ColumnRef } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { stem } from './stem.ts';

const IS = '(?:is|are|was|were)';
const NOT_ = "(?:(?:do|does|did|has|have|had|could|can|would|will)(?: not|n['’]?t)|cannot|never|fail(?:ed|s)? to)(?: even| quite| ever)?";
const AMOUNT = String.raw`(?= \S*\d| (?:half|an?|one|two|three|four|five|ten)\b)`;

/** What is said about a condition without being one. */
const TRAILING =
  /[\s,]+(?:asap|urgently|right away|if possible|if you (?:can|would|could)|when you (?:can|get a (?:chance|minute))|many thanks|thank you(?: very much)?|for me|would you|will you|could you)[\s.!?]*$/i;

/** `marked as`, `turned out to be`: the verb only says that it is so. */
const SAID_TO_BE = '(?<verb>[a-z]{3,}ed) as(?: being)?';

const COMPARED: readonly (readonly [RegExp, string])[] = [
  [/\b(?:no|not) more than\b|\bat most\b|\bup to\b/i, 'more than'],
  [/\b(?:no|not) (?:less|fewer) than\b|\bat least\b/i, 'less than'],
  [/(\d[\d.,]*(?: ?[a-z%]+)?) (?:or|and) (?:more|above|over|higher|longer|up)\b/i, 'less than $1'],
  [/(\d[\d.,]*(?: ?[a-z%]+)?) (?:or|and) (?:less|below|under|lower|fewer|shorter)\b/i, 'more than $1'],
  [
    /\b(?:exceed(?:s|ed|ing)?|tops|topped|surpass(?:es|ed)?|(?:goes|go|went|climb(?:s|ed)?|rises?|rose|gets?|got) (?:over|above|past|beyond))\b/i,
    'is at most',
  ],
  [/\b(?:(?:drops?|dropped|falls?|fell|dips?|dipped|goes|go|went|sinks?|sank|gets?|got) (?:below|under))\b/i, 'is at least'],
  [/\b(?:reach(?:es|ed)?|hits?)\b(?= \d)/i, 'is less than'],
  [/\b(?:more|greater|higher|bigger|larger|longer) than\b|\bover\b|\babove\b|\bbeyond\b/i, 'at most'],
  [/\b(?:less|fewer|lower|smaller|shorter) than\b|\bunder\b|\bbelow\b/i, 'at least'],
  [/\bbetween\b/i, 'not between'],
];

/** The opposite of a clause, in words. */
function denied(clause: string): string {
  const has = /^(?:(?:it|they|there|he|she) )?(?:has|have|had|is|are|was|were) (an?|any|no|some) (.*)$/i.exec(clause);
  if (has && !/\d/.test(clause))
    return `${/^no$/i.test(has[1] ?? '') ? 'with' : 'without'} ${/^no$/i.test(has[1] ?? '') ? 'a' : 'any'} ${has[2]}`;
  const turned = COMPARED.find(([pattern]) => pattern.test(clause));
  const subject = /^(?:it|they|he|she)\b/i;
  if (turned && /\d|half|hour/.test(clause)) return `where ${clause.replace(turned[0], turned[1]).replace(subject, '').trim()}`;
  if (new RegExp(String.raw`\b${IS} not\b|\b${IS}n['’]?t\b`, 'i').test(clause))
    return `that ${clause
      .replace(subject, '')
      .replace(new RegExp(String.raw`\b(${IS})(?: not|n['’]?t)\b`, 'i'), '$1')
      .trim()}`;
  const isSo = new RegExp(String.raw`\b${IS}\b`, 'i').exec(clause);
  if (!isSo) return `that are not ${clause}`;
  const before = clause.slice(0, isSo.index).replace(subject, '').trim();
  return `${before === '' ? 'that' : `where ${before}`} ${isSo[0]} not${clause.slice(isSo.index + isSo[0].length)}`;
}

const EXCEPTION =
  /,?\s+(?:(?:but|and|just|only|though) )?(?:unless|not (?:if|when|where|while)|except(?:ing)? (?:if|when|where|while|for (?:those|ones) (?:where|whose)|those (?:where|whose))|provided (?:that )?(?=(?:it|they|the \w+)\b[^,]*\bn(?:ot\b|['’]t)))\s+(.+?)(?=\s*(?:[,;?.!]|$|\b(?:per|by|for (?:each|every)|every|each|hourly|daily|weekly|grouped|please|in \d)\b))/i;

/** `unless cancelled`, `but not if the price is over 400`: what holds of the rows that are left. */
const exceptions = (prompt: string): string =>
  /^\s*(?:alert|notify|warn|tell|page|ping)\b/i.test(prompt)
    ? prompt
    : prompt.replace(EXCEPTION, (_, clause: string) => ` ${denied(clause.trim())}`);

type Way = (prompt: string, lexicon: Lexicon) => string;

const texts = (lexicon: Lexicon): readonly ColumnRef[] =>
  lexicon.tables.flatMap((t) => t.columns).filter((c) => c.kind === 'text' && !c.schema.values?.length);

/** The text column that the first words of a phrase name, and how many of them do. */
function textNamed(phrase: string, lexicon: Lexicon): { ref: ColumnRef; said: string } | undefined {
  const said = phrase.split(' ');
  for (let count = Math.min(3, said.length); count > 0; count--) {
    const stems = said
      .slice(0, count)
      .map((w) => stem(w))
      .join(' ');
    const found = texts(lexicon).filter(
      (c) => c.words.map(stem).join(' ') === stems || (count === 1 && c.words.length > 1 && stem(c.words.at(-1) ?? '') === stems),
    );
    const ref = found.find((c) => c.words.length === count) ?? found[0];
    if (ref && new Set(found.map((c) => c.name)).size === 1) return { ref, said: said.slice(0, count).join(' ') };
  }
  return undefined;
}

/** `with the word leak in the notes`, `where "leak" appears in the notes`. */
const wordInside: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:(?:with|having|containing|that have|that has|where|whose) )?(?:the )?(?:(?:word|words|term|text|string|phrase|letters|expression) ("[^"]+"|'[^']+'|[\w-]+)|("[^"]+"|'[^']+'))(?: (?:appear(?:s|ed|ing)?|occur(?:s|red|ring)?|shows? up|is|was|stands?|mentioned|found))* (?:in|inside|within|somewhere in|anywhere in|as part of) (?:the |its |their |an? )?([a-z]+(?: [a-z]+){0,2})/i,
    (all: string, word: string | undefined, quoted: string | undefined, phrase: string) => {
      const column = textNamed(phrase, lexicon);
      if (!column) return all;
      return `whose ${column.said} contains "${(word ?? quoted ?? '').replace(/^["']|["']$/g, '')}"${phrase.slice(column.said.length)}`;
    },
  );

/** `companies with "Pharma" in the name`, `firms whose name has Pharma in it`: the name of what is spoken of, where nothing is called a name. */
const nameOfThem: Way = (prompt, lexicon) =>
  texts(lexicon).some((c) => c.words.includes('name'))
    ? prompt
    : prompt
        .replace(/\b((?:in|inside|within) (?:the |its |their )?)([a-z]+) names?\b/i, (all: string, lead: string, noun: string) =>
          textNamed(noun, lexicon) ? `${lead}${noun}` : all,
        )
        .replace(
          /\b([a-z]+) (?:with|having|that have|containing) (?:the )?((?:word |text |string )?(?:"[^"]+"|'[^']+'|[A-Z][\w-]*)) (?:somewhere )?(?:in|inside|within) (?:the|its|their) names?\b/,
          (all: string, noun: string, text: string) => {
            const column = textNamed(noun, lexicon);
            return column ? `rows whose ${column.ref.name} contains "${text.replace(/^(?:word|text|string) |["']/g, '')}"` : all;
          },
        );

/** `ending in -db or .internal`: what is written with more than letters is one text. */
const textEnds: Way = (prompt) =>
  prompt.replace(
    /\b(starts?|starting|begins?|beginning|ends?|ending) (?:with|in|on) ([^\s"'“,]+?)((?: or [^\w\s"'“]\S*?)*)(?=[.,;!?]?(?:\s|$))/gi,
    (all: string, verb: string, first: string, more: string) =>
      /^\W|[a-z]\W+[a-z\d]|[a-z]\W$/i.test(first) || /^[A-Z]$/.test(first)
        ? `${verb} with "${first}"${more.replace(/ or (\S+)/g, ' or "$1"')}`
        : all,
  );

/** `missing a comment`, `lacking any voucher`: no hit and no miss. */
const lackOf: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:that |which |who )?(?:missing|lacking|lacks?|miss|are missing|is missing|are lacking) (?:an? |any |the |its |their )?(?=([a-z]+(?: [a-z]+){0,2}))/i,
    (all: string, phrase: string) => (textNamed(phrase, lexicon) ? 'without any ' : all),
  );

/** `orders, ward: 4B`: the name and its value, as a form has them. */
const asForm: Way = (prompt, lexicon) =>
  prompt.replace(
    /[,;(]\s*([a-z]+(?: [a-z]+)?)\s*[:=]\s*(?=["'A-Z\d])([\w-]+|"[^"]+"|'[^']+')(?=\s*(?:$|[,;)?.]|[a-z]))/g,
    (all: string, name: string, value: string) => {
      const column = textNamed(name, lexicon);
      return column && column.said === name && !/^\d+$/.test(value) ? ` with ${name} "${value.replace(/^["']|["']$/g, '')}"` : all;
    },
  );

/** `split by whether the park is fenced`: the flag, which has two values. */
const whether: Way = (prompt, lexicon) =>
  prompt.replace(
    /\bwhether (?:or not )?(?:(?:the |its |their |an? )?[a-z]+ )?(?:is|are|was|were|has|have|had|got|did|does|do)(?: (?:been|a|an|any|get))* ([a-z]+)(?: [a-z]+)??(?: or not)?(?=\s*(?:[,?.!]|$|\b(?:per|by|every|each|in|hourly|daily|and)\b))/i,
    (all: string, word: string) => {
      const flags = lexicon.tables.flatMap((t) => t.columns).filter((c) => c.kind === 'boolean');
      const flag =
        flags.find((c) => stem(c.name) === stem(word)) ?? flags.find((c) => c.words.some((w) => w !== 'is' && stem(w) === stem(word)));
      return flag ? flag.name : all;
    },
  );

const isNamed = (lexicon: Lexicon, word: string): boolean => lexicon.rawWords.has(word.toLowerCase()) || lexicon.rawStems.has(stem(word));

const PLAIN: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      String.raw`\b${NOT_} (?:exceed(?:ed)?|surpass(?:ed)?|top(?:ped)?|pass(?:ed)?|(?:go|went|get|got|climb(?:ed)?|rise|rose|run|ran|was|were) (?:over|above|past|beyond))${AMOUNT}`,
      'gi',
    ),
    'is at most',
  ],
  [
    new RegExp(
      String.raw`\b${NOT_} (?:drop(?:ped)?|fall|fell|dip(?:ped)?|go|went|get|got|sink|sank|come|came|was|were) (?:below|under)${AMOUNT}`,
      'gi',
    ),
    'is at least',
  ],
  [new RegExp(String.raw`\b${NOT_} (?:reach(?:ed)?|hit|attain(?:ed)?|(?:get|come|amount) (?:up )?to)${AMOUNT}`, 'gi'), 'is less than'],
  [new RegExp(String.raw`\b(${IS}) (?:anything|everything|something|any [a-z]+) (?:but|except|other than|besides)\b`, 'gi'), '$1 not'],
  [
    new RegExp(
      String.raw`\b(?:${IS} |has been |have been )?(?:left|kept|still|remain(?:s|ed)?|stay(?:s|ed)?) (blank|empty|unset|null)\b`,
      'gi',
    ),
    'is $1',
  ],
  [/,?\s*\bor (?:else|otherwise|alternatively)\b/gi, ' or'],
  [
    /\b(?:turn(?:s|ed) out|prove[ds]?|end(?:s|ed) up|w(?:ind|ound)s? up)(?: to be| to have been| being| as)? (?=[a-z]+(?:ed|en|ic|al|ous|ful|ive)\b)/gi,
    'were ',
  ],
  // "how large a part of the loads is overloaded"
  [
    /\bhow (?:large|big|great|high|small|low|sizeable) an? (?:part|share|portion|fraction|proportion|slice) of (?:the |all |our )?((?:[a-z]+ ){0,2}[a-z]+?) (?:is|are|was|were|gets?|got) (?=[a-z])/gi,
    'share of $1 that are ',
  ],
  [/\bhow (?:large|big|great|high|small|low) an? percentage of\b/gi, 'percentage of'],
];

/** `loads that took under 20 minutes, in percent of all loads`: the share first. */
const shareLast: Way = (prompt) =>
  prompt.replace(
    /^(?:(?:show|give|tell) me |what (?:are|is) )?(?:the )?((?:[a-z-]+ ){0,3}[a-z]+) ((?:that|which|whose|with|where|who|without|having|not)\b[^,;:?]*?),? (?:(?:as an?|in|as|expressed as an?|expressed in) )(percent(?:age)?|share|fraction|proportion|part) of (?:all|the total|total|every|the whole number of|the number of)(?: (?:the|of the))? ?([a-z]+)\b/i,
    (all: string, head: string, clause: string, how: string, noun: string) => {
      if (stem(head.split(' ').at(-1) ?? '') !== stem(noun) || /\b(?:total|average|sum|mean)\b/i.test(head)) return all;
      return `${/^percent/i.test(how) ? 'percentage' : 'share'} of ${head} ${clause}`;
    },
  );

const saidToBe: Way = (prompt, lexicon) =>
  prompt.replace(new RegExp(String.raw`\b(?:(?<is>${IS}|been|gets?|got) )?${SAID_TO_BE} (?=[a-z])`, 'gi'), (...found: unknown[]) => {
    const { is, verb } = found.at(-1) as { is?: string; verb: string };
    if (isNamed(lexicon, verb)) return String(found[0]);
    return is === undefined ? 'that are ' : `${/^g/i.test(is) ? 'are' : is} `;
  });

/** `the highest price among entries`, where no name says so. */
const amongThem: Way = (prompt, lexicon) =>
  prompt.replace(/\b(among|amongst|behind) (?:all )?(?=(?:the )?([a-z]+))/gi, (all: string, word: string, noun: string) =>
    isNamed(lexicon, word) || !isNamed(lexicon, noun) ? all : 'of ',
  );

const WAYS: readonly Way[] = [
  (prompt) => prompt.replace(TRAILING, '').replace(TRAILING, ''),
  shareLast,
  (prompt) => PLAIN.reduce((said, [pattern, plain]) => said.replace(pattern, plain), prompt),
  saidToBe,
  exceptions,
  nameOfThem,
  wordInside,
  textEnds,
  lackOf,
  asForm,
  whether,
  amongThem,
];

/** Conditions told by way of a denial, an exception, a verb that says nothing or a place in the sentence, in the plain words for them. */
export const conditionWords: Way = (prompt, lexicon) => WAYS.reduce((said, way) => way(said, lexicon), prompt);
