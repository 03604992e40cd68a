import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { isKnownWord } from './vocabulary.ts';

type Way = (prompt: string, columns: readonly ColumnRef[], lexicon: Lexicon) => string;

/** A denial before its verb, as part of an expression. */
export const NOT = "(?:did not|didn['’]t|do not|don['’]t|does not|doesn['’]t|never|not)";

/** The columns of some kind whose name, or its last word, a phrase begins with; how much of the phrase that is. */
function named(phrase: string, columns: readonly ColumnRef[], fits: (c: ColumnRef) => boolean): string | undefined {
  const words = phrase.toLowerCase().split(' ');
  for (let count = Math.min(3, words.length); count > 0; count--) {
    const said = words.slice(0, count).map(stem).join(' ');
    if (columns.some((c) => fits(c) && [c.words, c.words.slice(-1)].some((w) => w.map((x) => stem(longForm(x) ?? x)).join(' ') === said)))
      return words.slice(0, count).join(' ');
  }
  return undefined;
}

const UNKNOWN = new RegExp(
  String.raw`\b(?:(?:where|whose|for which|of which|but) )?(?:(?:we|i|they|you) ${NOT} (?:know|have|see|get)|(?:nobody|no one) knows) (?:the |an? |any |their |its )?(?=([a-z]+(?: [a-z]+){0,2}))`,
  'gi',
);

/** `where we don't know the country`, `for which nobody knows the origin`: it is not there. */
const unknownTo: Way = (prompt, columns) =>
  prompt.replace(UNKNOWN, (all: string, phrase: string) =>
    named(phrase, columns, (c) => c.kind === 'text' || isMeasure(c)) === undefined ? all : 'without any ',
  );

const ANSWERED =
  '(?:return|returns|returned|returning|get|gets|got|getting|give|gave|answered|answer|responded|respond|came back|come back|ended|end|failed|fail|finished|finish)';

const CODE = new RegExp(
  String.raw`\b(?:that |which |who )?(?:(${NOT}) )?(?:${ANSWERED}(?: (?:with|in|as|up with))?|with) (?:an? |the )?(?=[1-5]\d\d\b(?! ?(?:%|[a-z]+s\b|s\b|or (?:more|less|higher|lower)\b)))`,
  'gi',
);

/** `requests that got a 429`, `did not return 200`: the number by which the rows say how it went. */
const statusCode: Way = (prompt, columns) => {
  const code = only(columns.filter((c) => c.kind === 'number' && c.words.includes('status')));
  return code === undefined
    ? prompt
    : prompt.replace(CODE, (all: string, not: string | undefined) =>
        /^with $/i.test(all) ? all : `whose ${code.name} is ${not === undefined ? '' : 'not '}`,
      );
};

/** `where at least one loaf got burnt`, `in which a prop got broken` of burnt, broken_prop: there are some. */
const someGot: Way = (prompt, columns) =>
  prompt.replace(
    /\b(?:where|in which|with which) (?:at least one|one or more|some|any|an?) (?:of the )?([a-z]+) (?:got|was|were|is|are|had been) ([a-z]+(?:ed|nt|en))\b/gi,
    (all: string, noun: string, done: string) => {
      const of = (word: string): ColumnRef[] => columns.filter((c) => c.words.some((w) => stem(w) === stem(word)));
      const [column] = [...of(done).filter((c) => isMeasure(c)), ...of(done).filter((c) => c.kind === 'text' && of(noun).includes(c))];
      return column === undefined ? all : isMeasure(column) ? `with ${column.name} over 0` : `with a ${column.name}`;
    },
  );

/** `orders with a total above 20` of total_eur: what each row has, where no sum of many is asked for; `branches whose name starts with`. */
const ownNames: Way = (prompt, columns) =>
  prompt
    .replace(
      /\bwith an? (total|sum|amount|average) (?=(?:of )?(?:over|above|under|below|more|less|at)\b)/gi,
      (all: string, word: string) => {
        const column = only([...new Set(columns.filter((c) => isMeasure(c) && c.words.includes(word)).map((c) => c.name))]);
        return column === undefined || /\b(?:per|by|each|every)\b/i.test(prompt) ? all : `where ${column} is `;
      },
    )
    .replace(/\b([a-z]+) whose name (?=(?:starts|begins|ends|contains|is)\b)/gi, (all: string, noun: string) => {
      const column = only([
        ...new Set(
          columns
            .filter((c) => c.kind === 'text' && stem(c.words[0] ?? '') === stem(noun) && (c.words.length === 1 || c.words[1] === 'name'))
            .map((c) => c.name),
        ),
      ]);
      return column === undefined ? all : `${column} `;
    });

/** `with 17 as the fault code`, `where Tom was the fundraiser`: the value, then what it is of. */
const valueFirst: Way = (prompt, columns) =>
  prompt.replace(
    /\b(?:(?:with|having) ([\w.-]+) as|(?:where|when|in which) ([A-Z][\w.-]*|"[^"]+") (?:is|was|are|were)) (?:the |its |their )?(?=([a-z]+(?: [a-z]+){0,2}))([a-z ]+)/g,
    (all: string, a: string | undefined, b: string | undefined, phrase: string, rest: string) => {
      const name = named(phrase, columns, (c) => (c.kind === 'text' || c.kind === 'number') && !(c.schema.values?.length ?? 0));
      return name === undefined ? all : `whose ${name} is ${a ?? b}${rest.slice(name.length)}`;
    },
  );

/** `any language but English`, `any cook except Petra`: all but one. */
const anyBut: Way = (prompt, columns) =>
  prompt.replace(
    /,?\s*(?:\b(?:in|from|on|by|of|at|with|via|for) )?\bany ([a-z]+) (?:but|except|other than|besides|apart from|save) (?:for )?(?=[A-Z"'\d]|[a-z]+$)/g,
    (all: string, noun: string) => {
      if (named(noun, columns, (c) => c.kind === 'text') === undefined) return all;
      return named(noun, columns, (c) => c.kind === 'text' && !c.schema.values?.length) === undefined
        ? ' but not '
        : ` where ${noun} is not `;
    },
  );

/** `with sqli in the signature`, `whose message has timeout in it`, `that talk about power lines in the narrative`: what a text holds. */
const inText: Way = (prompt, columns, lexicon) => {
  const isText = (c: ColumnRef): boolean => c.kind === 'text' && !c.isId && !c.schema.values?.length;
  const isFree = (word: string): boolean =>
    !/^(?:no|some|any)(?:thing|body|one)?\b/i.test(word) &&
    word.split(' ').every((w) => !lexicon.words.has(stem(w))) &&
    !isKnownWord(word.split(' ')[0] ?? '');
  return prompt
    .replace(
      /\b(?:(?:that |which |who )?(?:talks?|speaks?|complains?|writes?|wrote|talked|complained) (?:about |of )?|(?:that )?(?:mentions?|says?|said) |with |having )([a-z][\w-]*(?: [a-z][\w-]*)?) in (?:the |its |their |an? )([a-z]+(?: [a-z]+)?)\b/gi,
      (all: string, word: string, phrase: string) => {
        const name = named(phrase, columns, isText);
        const isSaid = !/^(?:with|having)/i.test(all);
        return name === undefined || !(isSaid || isFree(word)) ? all : `whose ${name} contains "${word}"${phrase.slice(name.length)}`;
      },
    )
    .replace(
      /\b(?:whose |where the |on |with )([a-z]+(?: [a-z]+)?) (?:has|have|had|with|having) (?:the word |an? )?"?([\w-]+)"? (?:in (?:it|them)|somewhere|inside)\b/gi,
      (all: string, phrase: string, word: string) =>
        named(phrase, columns, isText) === undefined ? all : `whose ${phrase} contains "${word}"`,
    );
};

const WAYS: readonly Way[] = [valueFirst, anyBut, inText, ownNames, unknownTo, statusCode, someGot];

/** Conditions on rows told around the names of what they are of, in the plainest words there are for them. */
export function rowWords(prompt: string, lexicon: Lexicon): string {
  const columns = lexicon.tables.flatMap((t) => t.columns);
  return WAYS.reduce((said, way) => way(said, columns, lexicon), prompt);
}
