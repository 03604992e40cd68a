import type { NlToSqlResult } from '@velostream/core/protocol/assist';
import { plainWord } from './frame.ts';
import type { Sentence } from './read-sentence.ts';
import { isOrder, isSeeming, opinionBest, opinionMost, unknownAttribute, unknownFigure, vagueAmount } from './unknown-attribute.ts';
import { eitherStatistic, unsaid } from './unsaid.ts';
import { isKnownWord } from './vocabulary.ts';

/** What a sentence leaves open: from where on something is too much, an opinion, a word that no column has. */
export function missingBound({ scan, ignored }: Sentence): NlToSqlResult | undefined {
  const { frame, tokens } = scan;
  const numbers = scan.base.columns.filter((c) => c.kind === 'number' && !c.isId && !c.isCode).slice(0, 4);
  const left = (i: number): string => {
    const token = tokens[i];
    return token?.t === 'word' && token.used === undefined ? token.word : '';
  };
  const ask = (question: string, lead: string): NlToSqlResult => ({
    kind: 'clarify',
    question,
    options: numbers.map(({ name }) => ({ label: name, prompt: `${scan.input.trim()} ${lead} ${name}` })),
    confidence: 0.4,
  });
  if (isOrder(scan))
    return { kind: 'refused', reason: 'policy', message: 'I only write queries that read. I can show the rows that this would concern.' };
  if (tokens.some((_, i) => left(i) === 'too') && frame.comparisons.length === 0 && !frame.alert)
    return ask('From which value on is that?', ', by');
  if (
    /\b((should|shall) (i|we)|do you (like|think|prefer|recommend))\b/i.test(scan.input) ||
    /^\s*(which|who|what)\b.*\bshould\b/i.test(scan.input)
  )
    return ask('I can show figures to decide by. Which one?', ': show');
  const attribute = unknownAttribute(scan);
  if (attribute !== undefined) {
    const fields = scan.base.columns.filter((c) => c.kind === 'text' && !c.isId).slice(0, 4);
    return {
      kind: 'clarify',
      question: `There is no field called "${attribute}" here. Which one do you mean?`,
      options: fields.map(({ name }) => ({ label: name, prompt: scan.input.trim().replace(attribute, name) })),
      confidence: 0.4,
    };
  }
  const figure = unknownFigure(scan);
  if (figure !== undefined) return ask(`Nothing here is called "${figure}". Which number shall I show?`, ', by');
  const vague = vagueAmount(scan);
  if (vague !== undefined) return ask(`From which value on is it "${vague}"?`, ', by');
  const most = opinionMost(scan) ?? opinionBest(scan);
  if (most !== undefined) return ask(`Which number makes it "${most}"?`, ', by');
  if (
    /^\s*(?:(?:who|what|when|which \w+|how many \w+) )?(?:will|is it going to)\b|\b(?:is|are|looks?) (?:about|going|likely|bound) to\b/i.test(
      scan.input,
    ) &&
    frame.comparisons.length === 0
  )
    return ask('I know what has happened, not what will. Which number shall I show?', ': show');
  if (isSeeming(scan)) return ask('From which value on is that?', ', by');
  // "claims that are suspicious", "are the customers happy"
  const opinion = tokens.findIndex(
    (t, i) =>
      t.t === 'word' &&
      left(i) !== '' &&
      !isKnownWord(t.word) &&
      /^[a-z]+$/.test(t.raw) &&
      // "that were handled by an indoor cell": something was done.
      !(/(?:ed|en)$/.test(t.word) && /^(by|in|at|on|with|from)$/.test(plainWord(scan, i + 1))) &&
      (/^(is|are|was|were|gets?|becomes?|turns?)$/.test(plainWord(scan, i - 1)) ||
        (i === tokens.length - 1 && /^(is|are)$/.test(plainWord(scan, 0)))),
  );
  if (opinion >= 0 && frame.comparisons.length + frame.measures.length === 0 && frame.dimensions.length === 0 && frame.filters.length < 2)
    return ask(`Which value makes it "${left(opinion)}"?`, ', by');
  const alike = eitherStatistic(scan);
  if (alike)
    return {
      kind: 'clarify',
      question: `Which one do you mean: ${alike.map((c) => c.name).join(', ')}?`,
      options: alike.map(({ name }) => ({ label: name, prompt: `${scan.input.trim()}, by ${name}` })),
      confidence: 0.45,
    };
  const open = unsaid(scan);
  if (open !== undefined) return ask(`Nothing here says "${open}". Which number shall decide?`, ', by');
  const isAsked = /^\s*(which|who|whose|what|is|are|why|does|do)\b/i.test(scan.input);
  const nothing = frame.measures.length + frame.comparisons.length + frame.filters.length === 0;
  if (
    isAsked &&
    nothing &&
    ignored.length > 0 &&
    !frame.mentionsRows &&
    frame.dimensions.length === 0 &&
    (!frame.top || frame.bare.every((b) => b.operand.kind !== 'column' || b.operand.ref.kind !== 'number')) &&
    !frame.top?.ofRows &&
    !frame.top?.adjective
  )
    return ask('Nothing here says that. Which number shall decide?', 'by');
  return undefined;
}
