import type { CallOptions, CompletionRequest, CompletionResult } from '@velostream/core/protocol/assist';
import { completeOffline } from '../complete/complete-offline.ts';
import { randomId } from '../guard/hash.ts';
import { redactText } from '../guard/redact.ts';
import { errorsOf } from '../offline/check-sql.ts';
import { type ModelClient, textOf } from './model-client.ts';
import { schemaBlock } from './prompts.ts';

const WAIT_MS = 400;
const KEPT = 200;
const RULES =
  'You complete streaming SQL. Return only the text that goes between <prefix> and <suffix>: no fences, no explanation, never a repetition of the suffix, at most 3 lines.';

/** Cuts fences and what the suffix already says. */
export function tidyCompletion(text: string, suffix: string): string {
  let out = text.replace(/^\s*```(?:sql)?\n?|```\s*$/g, '').replace(/<\/?(completion|prefix|suffix)>/g, '');
  const head = suffix.trimStart();
  for (let n = Math.min(out.length, head.length); n > 2; n--) {
    if (out.endsWith(head.slice(0, n))) {
      out = out.slice(0, out.length - n);
      break;
    }
  }
  return out
    .split('\n')
    .slice(0, 3)
    .join('\n')
    .replace(/;[\s\S]*$/, ';');
}

/** Ghost text: the offline candidate at once; the model's stands before it when it comes in time and holds. */
export class FillInMiddle {
  readonly #client: ModelClient;
  readonly #cache = new Map<string, string>();
  readonly #open = new Map<string, Promise<string | undefined>>();
  #last: { prefix: string; text: string } | undefined;

  constructor(client: ModelClient) {
    this.#client = client;
  }

  async complete(request: CompletionRequest, options: CallOptions = {}): Promise<CompletionResult | null> {
    const offline = completeOffline(request);
    const typed = this.#typedThrough(request.prefix);
    if (typed !== undefined) return { items: [{ text: typed, confidence: 0.85, engine: 'anthropic' }, ...(offline?.items ?? [])] };
    const key = `${request.prefix.slice(-2_048)}¦${request.suffix.slice(0, 512)}`;
    const known = this.#cache.get(key);
    const text =
      known ??
      (await Promise.race([
        this.#once(key, request, options),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), WAIT_MS)),
      ]));
    if (text === undefined || text.trim() === '') return offline;
    this.#last = { prefix: request.prefix, text };
    return { items: [{ text, confidence: 0.8, engine: 'anthropic' }, ...(offline?.items ?? [])] };
  }

  /** The person typed what was offered: the rest of it, without asking again. */
  #typedThrough(prefix: string): string | undefined {
    const last = this.#last;
    if (!last || !prefix.startsWith(last.prefix)) return undefined;
    const typed = prefix.slice(last.prefix.length);
    return typed.length > 0 && typed.length < last.text.length && last.text.startsWith(typed) ? last.text.slice(typed.length) : undefined;
  }

  #once(key: string, request: CompletionRequest, options: CallOptions): Promise<string | undefined> {
    const open = this.#open.get(key);
    if (open) return open;
    const asking = this.#ask(request, options)
      .then((text) => {
        if (text !== undefined) {
          this.#cache.set(key, text);
          for (const old of [...this.#cache.keys()].slice(0, Math.max(0, this.#cache.size - KEPT))) this.#cache.delete(old);
        }
        return text;
      })
      .catch(() => undefined)
      .finally(() => this.#open.delete(key));
    this.#open.set(key, asking);
    return asking;
  }

  async #ask({ prefix, suffix, schemas }: CompletionRequest, options: CallOptions): Promise<string | undefined> {
    const message = await this.#client.send(
      'complete',
      {
        max_tokens: 96,
        stop_sequences: ['</completion>', '\n\n'],
        output_config: { effort: 'low' },
        system: [{ type: 'text', text: `${RULES}\n${schemaBlock(schemas, randomId('n'))}`, cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: `<prefix>${redactText(prefix.slice(-4_000))}</prefix><suffix>${redactText(suffix.slice(0, 1_000))}</suffix>`,
          },
        ],
      },
      options,
    );
    const text = tidyCompletion(textOf(message), suffix);
    const before = errorsOf(prefix + suffix, schemas).errors.length;
    const after = errorsOf(prefix + text + suffix, schemas).errors.length;
    return after > before || text.trim() === '' ? undefined : text;
  }
}
