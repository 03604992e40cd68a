import type { CallOptions, Suggestion } from '@velostream/core/protocol/assist';
import * as z from 'zod/mini';
import { randomId } from '../guard/hash.ts';
import { redactForModel } from '../guard/redact.ts';
import { renderUntrusted, untrusted } from '../guard/untrusted.ts';
import { type ModelClient, textOf } from './model-client.ts';
import { jsonSchemaOf } from './model-ir.ts';

const worded = z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), message: z.string() })) });

export const numbersIn = (text: string): string[] => [...text.matchAll(/\d+(?:[.,]\d+)*/g)].map((m) => m[0].replaceAll(',', '')).sort();

/** Rewords and reorders suggestions. A wording that loses a number, or brings one, is dropped; actions are never touched. */
export async function phrase(client: ModelClient, items: readonly Suggestion[], options: CallOptions = {}): Promise<readonly Suggestion[]> {
  if (items.length === 0) return items;
  const data = renderUntrusted(untrusted(redactForModel(items.map((i) => ({ id: i.id, title: i.title, message: i.message })))), {
    source: 'suggestions',
    nonce: randomId('n'),
  });
  const message = await client.send(
    'phrase',
    {
      max_tokens: 1_000,
      system: 'Reword these suggestions in plain, short sentences, the most useful first. Keep every number exactly, add none.',
      messages: [{ role: 'user', content: data }],
      output_config: { format: { type: 'json_schema', schema: jsonSchemaOf(worded) }, effort: 'low' },
    },
    options,
  );
  let parsed: z.infer<typeof worded>;
  try {
    parsed = worded.parse(JSON.parse(textOf(message)));
  } catch {
    return items;
  }
  const byId = new Map(items.map((i) => [i.id, i]));
  const out: Suggestion[] = [];
  for (const { id, title, message: text } of parsed.items) {
    const own = byId.get(id);
    if (!own) continue;
    byId.delete(id);
    const same =
      numbersIn(text).join() === numbersIn(own.message).join() &&
      numbersIn(title).every((n) => numbersIn(`${own.message} ${own.title}`).includes(n));
    out.push(same ? { ...own, title: title.slice(0, 120), message: text.slice(0, 600) } : own);
  }
  return [...out, ...byId.values()];
}
