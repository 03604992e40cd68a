import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { definedWord } from './defined-word.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { nameNumber } from './name-number.ts';
import { nameParts } from './name-parts.ts';
import { plainerQuestion } from './plainer-question.ts';
import { simplerWords } from './simpler-words.ts';
import { stem } from './stem.ts';

type Read = (request: NlToSqlRequest) => NlToSqlResult;
/** What was done with things is said beside what is counted: `openings played`; it leaves nothing open. */
const isDone = (word: string): boolean => /^[a-z]+ed$/.test(word);

type Asked = Extract<NlToSqlResult, { kind: 'clarify' }>;

/** How often the words of one question are replaced. */
const TURNS_MAX = 3;

/** Other words for a question that was not understood, those that change least first. */
function otherWords(request: NlToSqlRequest, { question, options }: Asked): string[] {
  const { prompt, schemas, glossary } = request;
  const lexicon = lexiconOf(schemas, glossary);
  return [
    definedWord(prompt, question),
    simplerWords(prompt),
    nameParts(prompt, question, lexicon),
    nameNumber(prompt, question, lexicon),
    ...plainerQuestion(prompt, lexicon),
    ...(question.startsWith('Which source') ? [sourceOf(prompt, options, lexicon)] : []),
  ].filter((text): text is string => text !== undefined && text !== prompt);
}

/** Of sources that could be meant, the one whose column is named in most words; the question says that name then, or the source. */
function sourceOf(prompt: string, options: Asked['options'], lexicon: Lexicon): string | undefined {
  const said = prompt.split(/(?=\b[a-z])/i);
  const found = options.map(({ label, prompt: text }) => {
    const columns = lexicon.table(label)?.columns ?? [];
    const spans = columns.map((c) => ({ name: c.name, ...longestRun(said, c.words) })).toSorted((a, b) => b.count - a.count);
    return { text, count: 0, ...spans[0] };
  });
  const [first, second] = found.toSorted((a, b) => b.count - a.count);
  if (!first || !second || first.count <= second.count) return undefined;
  return first.count > 1 && first.words !== undefined && first.name !== undefined ? prompt.replace(first.words, first.name) : first.text;
}

const stemOf = (text: string): string => stem(text.replace(/[^a-z]/gi, ''));

/** The words of a sentence that say most of a name, side by side. */
function longestRun(said: readonly string[], name: readonly string[]): { count: number; words?: string } {
  let best: { count: number; words?: string } = { count: 0 };
  for (let at = 0; at < said.length; at++)
    for (let from = 0; from < name.length; from++) {
      let count = 0;
      while (
        said[at + count] !== undefined &&
        name[from + count] !== undefined &&
        (count === 0 || /^[a-z]+ +$/i.test(said[at + count - 1] as string)) &&
        stemOf(said[at + count] as string) === stem(name[from + count] as string)
      )
        count++;
      if (count > best.count)
        best = {
          count,
          words: said
            .slice(at, at + count)
            .join('')
            .replace(/[^a-z]+$/i, ''),
        };
    }
  return best;
}

/**
 * Before something is asked back, the question is read in other words: of a number that one column alone can be, of a part and a whole that
 * are named. It counts only where nothing of it is left over, and the answer says how it was read.
 */
export function readAgain(asked: NlToSqlRequest, first: NlToSqlResult, read: Read): NlToSqlResult | undefined {
  let open: { readonly prompt: string; readonly result: Asked }[] =
    first.kind === 'clarify' ? [{ prompt: asked.prompt, result: first }] : [];
  const tried = new Set([asked.prompt]);
  for (let turn = 0; turn < TURNS_MAX && open.length > 0; turn++) {
    const next: typeof open = [];
    for (const { prompt, result } of open)
      for (const text of otherWords({ ...asked, prompt }, result)) {
        if (tried.has(text)) continue;
        tried.add(text);
        const answer = read({ ...asked, prompt: text });
        if (
          answer.kind === 'sql' &&
          answer.ignored.every((word) => word === 'add' || (isDone(word) && /^(?:Which source|What is \d)/.test(result.question)))
        )
          return {
            ...answer,
            assumptions: [{ kind: 'other', text: `read as "${text}"` }, ...answer.assumptions],
            confidence: Math.round(answer.confidence * 85) / 100,
          };
        if (answer.kind === 'clarify') next.push({ prompt: text, result: answer });
      }
    open = next;
  }
  return undefined;
}
