import type { AppRequest, AppResult, CallOptions } from '@velostream/core/protocol/assist';
import * as z from 'zod/mini';
import { randomId } from '../guard/hash.ts';
import { redactForModel } from '../guard/redact.ts';
import { errorsOf } from '../offline/check-sql.ts';
import { AiError } from '../tools/ai-error.ts';
import { type Anthropic, type ModelClient, textOf } from './model-client.ts';
import { jsonSchemaOf } from './model-ir.ts';
import { DIALECT, schemaBlock } from './prompts.ts';

const plan = z.object({
  name: z.string(),
  description: z.string(),
  explanation: z.string(),
  queries: z.array(z.object({ name: z.string(), description: z.string(), sql: z.string(), sink: z.nullable(z.string()) })),
});

const RULES =
  'Plan an application of streaming queries. Every query has at least one @metric comment; business thresholds are @alert comments. A query may read the sink of an earlier one. Sinks are lower-case-with-hyphens. At most the number of queries asked for.';

/** An application by the model, judged by the same validator as any other; at most two corrections. */
export async function modelGenerateApp(client: ModelClient, request: AppRequest, options: CallOptions = {}): Promise<AppResult> {
  const messages: Anthropic.MessageParam[] = [
    {
      role: 'user',
      content: JSON.stringify(
        redactForModel({ application: request.prompt.slice(0, 2_000), max_queries: request.options?.maxQueries ?? 6 }),
      ),
    },
  ];
  for (let attempt = 0; attempt <= 2; attempt++) {
    const message = await client.send(
      'app',
      {
        max_tokens: 8_000,
        system: [
          { type: 'text', text: `${DIALECT}\n${RULES}`, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: schemaBlock(request.schemas, randomId('n')), cache_control: { type: 'ephemeral' } },
        ],
        messages,
        output_config: { format: { type: 'json_schema', schema: jsonSchemaOf(plan) } },
      },
      options,
    );
    if (message.stop_reason === 'refusal') throw new AiError('refused', 'the model declined this request');
    const parsed = read(message);
    const problems = parsed ? problemsOf(parsed, request) : ['the answer was not in the form asked for'];
    if (parsed && problems.length === 0) {
      return {
        app: {
          name: parsed.name.slice(0, 80),
          description: parsed.description,
          queries: parsed.queries.slice(0, request.options?.maxQueries ?? 20).map((q, i) => ({
            id: `q${i + 1}`,
            name: q.name,
            description: q.description,
            sql: q.sql,
            ...(q.sink === null ? {} : { sink: q.sink }),
          })),
        },
        explanation: parsed.explanation.slice(0, 600),
        assumptions: [],
        engine: 'anthropic',
      };
    }
    messages.push(
      { role: 'assistant', content: textOf(message) || '{}' },
      { role: 'user', content: `Correct this: ${problems.slice(0, 6).join('; ')}` },
    );
  }
  throw new AiError('bad_output', 'the model gave no valid application after two corrections');
}

function read(message: Anthropic.Message): z.infer<typeof plan> | undefined {
  try {
    const parsed = plan.safeParse(JSON.parse(textOf(message)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function problemsOf(app: z.infer<typeof plan>, request: AppRequest): string[] {
  const sinks = new Set(app.queries.map((q) => q.sink));
  const out: string[] = [];
  if (app.queries.length === 0) out.push('there is no query');
  for (const q of app.queries) {
    if (/\b(DROP|DELETE|UPDATE|INSERT|ALTER|TRUNCATE)\b/i.test(q.sql.replace(/'[^']*'/g, '')))
      out.push(`${q.name}: only queries that read`);
    if (!/@metric/.test(q.sql)) out.push(`${q.name}: no @metric`);
    for (const d of errorsOf(q.sql, request.schemas).errors.slice(0, 2))
      if (!(/relation|source|table|stream/i.test(d.message) && [...sinks].some((s) => s !== null && d.message.includes(s))))
        out.push(`${q.name}: ${d.message}`);
  }
  return out;
}
