import type { Assumption, NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { format } from '@velostream/core/sql';
import { printIr } from '../ir/print-ir.ts';
import type { QueryIR } from '../ir/query-ir.ts';
import { assemble } from './assemble.ts';
import { errorsOf } from './check-sql.ts';
import { rare } from './rare-kinds.ts';
import { readSentence, type Sentence } from './read-sentence.ts';

/** What is read of a question. */
const LETTERS_MAX = 2000;

/**
 * A question as SQL, without a model: words → spans → typed intent → the product's own printer, validated. Synchronous. Row windows,
 * alerts, sinks and changes of `previousSql` are understood once `load-rare-kinds.ts` is there, as it is for `translate`.
 */
export function translateQuestion(request: NlToSqlRequest): NlToSqlResult {
  const isNew = (request.previousSql ?? '').trim() === '';
  const original = request.prompt.slice(0, LETTERS_MAX);
  const asked = { ...request, prompt: isNew && rare.saidConditions ? rare.saidConditions(original, request) : original };
  const first = readOnce(asked, original);
  return first.kind === 'clarify' ? (rare.readAgain?.(asked, first, readOnce) ?? first) : first;
}

/** `original`: as it was typed, before conditions were said in other words. */
function readOnce(asked: NlToSqlRequest, original = asked.prompt): NlToSqlResult {
  const said = asked.prompt.trim().slice(0, LETTERS_MAX);
  const isEdit = (asked.previousSql ?? '').trim() !== '' && rare.looksLikeEdit?.(said, asked) === true;
  const prompt = isEdit ? said : (rare.rewordQuestion?.(said, namesOf(asked), asked.schemas) ?? said);
  const request = prompt === said ? asked : { ...asked, prompt };
  const sentence = readSentence(prompt, request.schemas, request.glossary ? { glossary: request.glossary } : {});
  // Who is told when is an alert, however it was typed.
  const asks = sentence?.scan.frame.alert ? said : original.trim();
  const refusal = rare.refusalOf?.(asks, isEdit, {
    knowsSomething: (sentence?.scan.links.size ?? 0) > 0,
    schemas: asked.schemas,
  });
  if (refusal) return { kind: 'refused', ...refusal };
  if (Object.keys(request.schemas).length === 0)
    return {
      kind: 'clarify',
      question: 'Nothing is connected yet. Which source shall I look at?',
      options: [
        { label: 'connect a source', prompt: 'connect to ' },
        { label: 'show the templates', prompt: 'list templates' },
      ],
      confidence: 0.2,
    };
  if (isEdit) {
    const edited = rare.editQuery?.(prompt, request);
    if (edited) return edited;
  }
  if (!sentence) return askTopic(request, 0.1);
  const question = clarificationOf(sentence, request);
  if (question) return question;
  const ir = assemble(sentence.scan);
  const { clarify } = sentence.scan.frame;
  if (clarify) {
    const other = rare.betterReading?.({ sentence, ir }, request);
    return other ? answer(other.sentence, other.ir, request) : { kind: 'clarify', ...clarify, confidence: 0.4 };
  }
  const better = rare.betterReading?.({ sentence, ir }, request);
  const open = rare.unusedAmount?.(better?.sentence ?? sentence);
  if (open) return open;
  return better ? answer(better.sentence, better.ir, request) : answer(sentence, ir, request);
}

const namesOf = ({ schemas }: NlToSqlRequest): string =>
  Object.values(schemas)
    .flatMap((s) => s.columns.map((c) => c.name))
    .join(' ');

function answer(sentence: Sentence, ir: QueryIR, request: NlToSqlRequest): NlToSqlResult {
  const { frame } = sentence.scan;
  const tries: QueryIR[] = [ir, ...simpler(ir)];
  for (const candidate of tries) {
    const sql = format(printIr(candidate)).trim();
    const { errors, all } = errorsOf(sql, request.schemas);
    if (errors.length > 0) continue;
    const assumptions: Assumption[] = [
      ...frame.assumptions,
      ...sentence.corrected.map((text): Assumption => ({ kind: 'other', text: `read ${text}` })),
    ];
    const seen = new Set<string>();
    const shown = assumptions.filter((a) => !seen.has(a.text) && seen.add(a.text));
    return {
      kind: 'sql',
      sql,
      assumptions: shown,
      confidence: confidenceOf(sentence, shown),
      annotations: candidate.alerts.map((a) => `@alert: ${a.condition}`),
      ...(rare.describe?.(sql, candidate, request) ?? { explanation: '', alternatives: [], viz: null }),
      diagnostics: all,
      engine: 'offline',
      ignored: sentence.ignored,
    };
  }
  return askTopic(request, 0.3);
}

/** The same without its least certain part. */
function simpler(ir: QueryIR): QueryIR[] {
  const out: QueryIR[] = [];
  if (ir.alerts.length > 0) out.push({ ...ir, alerts: [] });
  if (ir.order.length > 0 && ir.limit === undefined) out.push({ ...ir, order: [] });
  if (ir.columns.length > 0 && ir.measures.length === 0 && ir.joins.length === 0) out.push({ ...ir, columns: [], distinct: false });
  return out;
}

function confidenceOf(sentence: Sentence, assumptions: readonly Assumption[]): number {
  const { scores } = sentence.scan.frame;
  const mean =
    scores.length === 0 ? 0.4 : Math.exp(scores.reduce((sum, s) => sum + Math.log(Math.max(0.05, Math.min(1, s))), 0) / scores.length);
  const [first, second] = sentence.ranked;
  const margin = !second || !first || first.score - second.score > 0.3 ? 1 : 0.92;
  const weighty = assumptions.filter((a) => a.kind !== 'emit' && a.kind !== 'join').length;
  return Math.round(mean * (0.4 + 0.6 * sentence.coverage) * margin * 0.93 ** weighty * 100) / 100;
}

/** What has to be asked first: no topic, no threshold, no measure. */
function clarificationOf(sentence: Sentence, request: NlToSqlRequest): NlToSqlResult | undefined {
  const { scan, ranked, coverage } = sentence;
  const { frame } = scan;
  const words = scan.tokens.filter((t) => t.t === 'word').length;
  const hasAnything = frame.scores.length > 0 || frame.window !== undefined || frame.top !== undefined;
  if (!hasAnything || words === 0) return askTopic(request, 0.1);
  if (frame.clarify) return { kind: 'clarify', ...frame.clarify, confidence: 0.4 };
  const threshold = rare.askThreshold?.(scan);
  if (threshold) return threshold;
  const isVague =
    frame.measures.length === 0 &&
    frame.bare.length === 0 &&
    frame.filters.length === 0 &&
    frame.comparisons.length === 0 &&
    frame.dimensions.length === 0 &&
    !frame.mentionsRows &&
    frame.rowFunctions.length === 0 &&
    !frame.entity;
  if (isVague && (coverage < 0.6 || request.schemas === undefined || Object.keys(request.schemas).length > 1))
    return askTopic(request, 0.3);
  // "bags that are too heavy", "what should I buy", "which route costs the most money": a bound, an opinion, a figure that is not there.
  const vague = rare.missingBound?.(sentence);
  if (vague) return vague;
  // "is it good?", "which one is best": opinions have no column.
  const isOpinion =
    scan.tokens.some(
      (t) =>
        t.t === 'word' &&
        t.used === undefined &&
        /^(best|better|worst|good|bad|fine|ok|okay|interesting|weird|unusual|strange|important|mood|normal)$/.test(t.word),
    ) &&
    frame.measures.length + frame.comparisons.length + frame.dimensions.length === 0 &&
    frame.filters.length < 2 &&
    frame.top === undefined &&
    !frame.order;
  if (isOpinion) return askTopic(request, 0.3);
  // "list the concerts" where nothing is called so.
  const unknown = /^\s*(?:please\s+)?(?:show|list|display|get|find|give)\s+(?:me\s+)?(?:all\s+)?(?:the\s+|our\s+)?([a-z]+[^s\W]s)\b/i.exec(
    request.prompt,
  )?.[1];
  if (unknown !== undefined && sentence.ignored.includes(unknown) && !frame.mentionsRows && frame.measures.length + frame.bare.length === 0)
    return askTopic(request, 0.3);
  const [first, second] = ranked;
  const isTie = first && second && Math.abs(first.score - second.score) < 0.02 && first.score > 0 && !frame.mentionsRows;
  const isForeign = isTie && first && second && !scan.hops.has(second.table);
  if (isForeign && frame.measures.length + frame.bare.length > 0 && first.links.length === second.links.length) {
    return {
      kind: 'clarify',
      question: 'Which source do you mean?',
      options: ranked
        .filter((r) => first.score - r.score < 0.02)
        .slice(0, 4)
        .map((r) => ({ label: r.table, prompt: `${scan.input.trim()} from ${r.table}` })),
      confidence: 0.45,
    };
  }
  if (coverage < 0.34 && frame.scores.length < 2) return askTopic(request, 0.25);
  return undefined;
}

function askTopic(request: NlToSqlRequest, confidence: number): NlToSqlResult {
  const names = Object.keys(request.schemas).slice(0, 4);
  return {
    kind: 'clarify',
    question: 'What would you like to see?',
    options: names.map((name) => ({ label: `count ${name} every minute`, prompt: `count ${name} every minute` })),
    confidence,
  };
}
