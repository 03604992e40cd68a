import type { CallOptions, NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { format } from '@velostream/core/sql';
import { recommendChart } from '../charts/recommend-chart.ts';
import { randomId } from '../guard/hash.ts';
import { redactForModel } from '../guard/redact.ts';
import { errorsOf } from '../offline/check-sql.ts';
import { explainSql } from '../offline/explain-sql.ts';
import { partsOf } from '../offline/sql-parts.ts';
import { translate } from '../offline/translate.ts';
import { AiError } from '../tools/ai-error.ts';
import { type Anthropic, type ModelClient, textOf } from './model-client.ts';
import { answerSchema, jsonSchemaOf, type ModelAnswer, sqlOfAnswer } from './model-ir.ts';
import { DIALECT, schemaBlock } from './prompts.ts';

const REPAIRS_MAX = 2;

/** Runs a query on a few generated rows; tells what a person would notice at once. */
async function smokeRun(sql: string): Promise<string | undefined> {
  const { testQuery } = await import('@velostream/core/testing');
  const report = await testQuery(sql, { records: 200, seed: 7, analyse: false, timeoutMs: 3_000 }).catch(() => undefined);
  if (!report || report.status === 'error') return undefined;
  const { rows, columns, rowCount } = report.output;
  if (rowCount === 0) return 'On 200 generated rows nothing came out.';
  const empty = columns.filter((c) => rows.every((r) => r[c.name] === null));
  return empty.length > 0 && empty.length < columns.length
    ? `On 200 generated rows ${empty.map((c) => c.name).join(', ')} was NULL in every result.`
    : undefined;
}

/** Claude's way from a question to SQL: typed answer → our printer → our validator → at most two repairs → a run on generated rows. */
export async function modelNlToSql(
  client: ModelClient,
  request: NlToSqlRequest,
  options: CallOptions & { readonly smoke?: boolean } = {},
): Promise<NlToSqlResult> {
  const schema = answerSchema(request.schemas);
  const nonce = randomId('n');
  const question = JSON.stringify(
    redactForModel({
      question: request.prompt.slice(0, 2_000),
      ...(request.previousSql === undefined ? {} : { previous_sql: request.previousSql.slice(0, 4_000) }),
      ...(request.glossary ? { glossary: request.glossary } : {}),
    }),
  );
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: question }];
  let hasSmoked = false;
  for (let attempt = 0; attempt <= REPAIRS_MAX + 1; attempt++) {
    const message = await client.send(
      'sql',
      {
        max_tokens: 2_048,
        system: [
          { type: 'text', text: DIALECT, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: schemaBlock(request.schemas, nonce), cache_control: { type: 'ephemeral' } },
        ],
        messages,
        output_config: { format: { type: 'json_schema', schema: jsonSchemaOf(schema) } },
      },
      options,
    );
    if (message.stop_reason === 'refusal') throw new AiError('refused', 'the model declined this question');
    const answer = readAnswer(message, schema);
    if (answer?.kind === 'clarify' && answer.question !== null)
      return {
        kind: 'clarify',
        question: answer.question,
        options: answer.options.slice(0, 4).map((label) => ({ label, prompt: `${request.prompt} (${label})` })),
        confidence: 0.5,
      };
    if (answer?.kind === 'refuse')
      return { kind: 'refused', reason: 'out_of_scope', message: answer.message ?? 'That is not a question about these streams.' };
    const written = answer?.kind === 'query' && answer.query ? sqlOfAnswer(answer.query) : (answer?.sql ?? undefined);
    const problem = written === undefined ? 'The answer was not in the form asked for.' : problemOf(written, request);
    if (problem === undefined && written !== undefined) {
      const sql = format(written).trim();
      const noticed = options.smoke === false || hasSmoked ? undefined : await smokeRun(sql);
      hasSmoked = true;
      if (noticed !== undefined && attempt < REPAIRS_MAX) {
        messages.push(
          { role: 'assistant', content: textOf(message) || '{}' },
          { role: 'user', content: `${noticed} If the question wants it so, answer the same again; otherwise correct it.` },
        );
        continue;
      }
      return success(sql, request, answer);
    }
    if (attempt >= REPAIRS_MAX) break;
    messages.push(
      { role: 'assistant', content: textOf(message) || '{}' },
      { role: 'user', content: `That does not hold: ${problem ?? ''} Correct it.` },
    );
  }
  throw new AiError('bad_output', 'the model gave no valid query after two corrections');
}

function readAnswer(message: Anthropic.Message, schema: ReturnType<typeof answerSchema>): ModelAnswer | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(textOf(message)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The first diagnostics with the line they stand in; nothing where the query holds. */
function problemOf(sql: string, request: NlToSqlRequest): string | undefined {
  if (!partsOf(sql) && !/^\s*(--|SELECT|CREATE|WITH)/i.test(sql)) return 'only a SELECT or CREATE … AS SELECT may be written.';
  if (/\b(DROP|DELETE|UPDATE|INSERT|ALTER|TRUNCATE)\b/i.test(sql.replace(/'[^']*'/g, ''))) return 'only queries that read may be written.';
  const { errors } = errorsOf(sql, request.schemas);
  if (errors.length === 0) return undefined;
  const lines = sql.split('\n');
  return errors
    .slice(0, 3)
    .map((d) => `${d.message}${d.hint === undefined ? '' : ` (${d.hint})`} in: ${(lines[d.line - 1] ?? '').trim()}`)
    .join('; ');
}

function success(sql: string, request: NlToSqlRequest, answer: ModelAnswer | undefined): NlToSqlResult {
  const { all } = errorsOf(sql, request.schemas);
  const parts = partsOf(sql);
  const columns = (parts?.items ?? []).map((i) => ({
    name: i.alias ?? i.sql,
    type: i.isAggregate ? 'FLOAT' : /window/i.test(i.sql) ? 'TIMESTAMP' : 'STRING',
  }));
  const offline = translate(request);
  return {
    kind: 'sql',
    sql,
    explanation: explainSql(sql),
    assumptions: (answer?.assumptions ?? []).slice(0, 6).map((text) => ({ kind: 'other', text: text.slice(0, 200) })),
    confidence: 0.9,
    alternatives: offline.kind === 'sql' && offline.sql !== sql ? [{ label: 'without the model', sql: offline.sql }] : [],
    annotations: (parts?.comments ?? []).filter((c) => c.startsWith('@')),
    viz: recommendChart({ columns })[0] ?? null,
    diagnostics: all,
    engine: 'anthropic',
    ignored: [],
  };
}
