import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import type { QueryIR } from '../ir/query-ir.ts';
import { assemble } from './assemble.ts';
import type { Comparison } from './frame.ts';
import { readSentence, type Sentence } from './read-sentence.ts';

export interface Reading {
  readonly sentence: Sentence;
  readonly ir: QueryIR;
}

const ASKS_JOIN =
  /\b(join\w*|match\w*|correlat\w*|pair\w*|combin\w*|enrich\w*|merg\w*|together|alongside|beside|followed|within|apart|before|after|both|with(out)? (an?|any|the|their|its)|no)\b/i;
const MARGIN = 2.5;
const OTHERS_MAX = 3;

/** What a reading leaves open: words that nothing explained, streams that were only needed to explain others, relations joined. */
function costOf({ sentence, ir }: Reading, request: NlToSqlRequest): number {
  const streams = ir.joins.filter((j) => request.schemas[j.table]?.kind !== 'table').length;
  const amounts = sentence.scan.tokens.filter((t) => t.used === undefined && (t.t === 'number' || t.t === 'duration' || t.t === 'text'));
  // A bound of another relation, of which nobody is told.
  const foreign = sentence.scan.frame.alert ? sentence.scan.frame.comparisons.filter((c) => isElsewhere(c.subject, sentence)).length : 0;
  return 2 * (streams + foreign) + 0.3 * (ir.joins.length - streams) + sentence.ignored.length + amounts.length;
}

const isElsewhere = (subject: Comparison['subject'], { scan }: Sentence): boolean =>
  subject.kind === 'column' && subject.operand.kind === 'column' && subject.operand.ref.table !== scan.base.name;

const isNamed = ({ scan }: Sentence): boolean =>
  [...scan.links.values()].some((l) =>
    l.candidates.some(({ target, score }) => target.kind === 'table' && target.table === scan.base.name && score > 0.85),
  );

/**
 * The same question asked of another relation, where that leaves less open: no second stream that nobody asked for, no amount that nothing
 * is compared with.
 */
export function betterReading(first: Reading, request: NlToSqlRequest): Reading | undefined {
  const { ranked, scan } = first.sentence;
  const hasStream = first.ir.joins.some((j) => request.schemas[j.table]?.kind !== 'table') && !ASKS_JOIN.test(request.prompt);
  const hasAmount = scan.tokens.some((t) => t.used === undefined && (t.t === 'number' || t.t === 'duration'));
  const { clarify, alert, comparisons } = scan.frame;
  const isForeign = alert !== undefined && first.ir.alerts.length > 0 && comparisons.some((c) => isElsewhere(c.subject, first.sentence));
  if (clarify ? !clarify.question.startsWith('Which number is compared') : !hasStream && !hasAmount && !isForeign) return undefined;
  // "trades above 150" beside orders of one amount: what is named by its rows is meant, and which number is asked.
  if (clarify && isNamed(first.sentence)) return undefined;
  const top = ranked[0]?.score ?? 0;
  let best: Reading | undefined;
  // What nothing here is compared with may be of another relation, if that leaves hardly a word open.
  let least = clarify ? 1.4 : costOf(first, request) - 0.9;
  for (const { table, score } of ranked.filter((r) => r.table !== scan.base.name).slice(0, OTHERS_MAX)) {
    if (top - score > MARGIN) continue;
    const sentence = readSentence(request.prompt.trim().slice(0, 2000), request.schemas, {
      base: table,
      ...(request.glossary ? { glossary: request.glossary } : {}),
    });
    if (!sentence || sentence.scan.frame.clarify) continue;
    const reading = { sentence, ir: assemble(sentence.scan) };
    const cost = costOf(reading, request);
    if (sentence.scan.frame.clarify || cost > least) continue;
    least = cost;
    best = reading;
  }
  return best;
}
