import { stem } from './stem.ts';
import { keyNamed, type ToldFacts } from './told-facts.ts';

type Step = (prompt: string, facts: ToldFacts) => string;

const knows = (facts: ToldFacts, word: string): boolean => facts.known.has(stem(word));

/** `artefact-free epochs`: those without it. */
const free: Step = (prompt, facts) =>
  prompt.replace(/\b([a-z]{3,})-free ([a-z]+)/i, (all: string, what: string, rows: string) =>
    knows(facts, what) ? `${rows} without ${what}` : all,
  );

/** `rehandles not counted`, `with spoiled ones left out`: the rest. */
const notCounted: Step = (prompt, facts) =>
  prompt.replace(
    /,?\s*(?:\b(?:and|but|with|the) )*\b([a-z]+)(?: ([a-z]+))? (?:(?:are|is|being|to be) )?(?:not (?:counted|included|considered)|left out|excluded|omitted|disregarded)\b/i,
    (all: string, what: string, rows = 'ones') =>
      knows(facts, what) && (/^(?:ones|rows)$/.test(rows) || knows(facts, rows))
        ? // "grade good excluded"
          `${all.startsWith(',') ? ',' : ''} without ${what}${facts.values.has(stem(rows)) ? ` ${rows}` : ''}`
        : all,
  );

/** `for which no scorer is recorded`: there is none. */
const unrecorded: Step = (prompt, facts) =>
  prompt.replace(
    /(?:\b(?:(?:for|in|on|of) which|where|when|with|whose) )?\bno ([a-z]+(?: [a-z]+)?) (?:(?:is|was|has been) (?:recorded|known|given|available|noted|entered|stored|registered|specified|on record)|exists?)\b/i,
    (all: string, what: string) => (what.split(' ').every((w) => knows(facts, w)) ? `without ${what}` : all),
  );

/** `all branches but Central`: any other. */
const allBut: Step = (prompt, facts) =>
  prompt.replace(/\b(?:all|any|every) (?:the )?([a-z]+) (?:but|save) (?:the )?(?=[A-Z\d"'])/, (all: string, noun: string) =>
    keyNamed(facts, noun) ? `${noun} other than ` : all,
  );

/** `, that's just embarrassing`, `? I want to thank them`: what is said beside the question, with none of the words that the schemas know. */
const remark: Step = (prompt, facts) =>
  prompt.replace(
    /(?:,|[?.!])\s*(?:and |because |so )?((?:that(?:['’]s| is)|it(?:['’]s| is)|they|those|these|this|we|i)\b(?! (?:who|which|that|with|of)\b)[^?.!\d]*)[?.!]?\s*$/i,
    (all: string, said: string) =>
      said.split(/[^a-z]+/i).some((w) => w.length > 3 && knows(facts, w)) || /\b(?:if|when|per|each|every|only|too|also)\b/i.test(said)
        ? all
        : '',
  );

const STEPS: readonly (readonly [RegExp, Step])[] = [
  [/[,?.!]\s*(?:and |because |so )?(?:that|it|they|those|these|this|we|i)\b/i, remark],
  [/-free\b/i, free],
  [/\b(?:not (?:counted|included|considered)|left out|excluded|omitted|disregarded)\b/i, notCounted],
  [/\bno [a-z]/i, unrecorded],
  [/\b(?:but|save) (?:the )?[A-Z\d"']/, allBut],
];

/** What is left out, in the words that conditions are read from. */
export const leftOutWords: Step = (prompt, facts) =>
  STEPS.reduce((said, [says, step]) => (says.test(said) ? step(said, facts) : said), prompt);
