import Anthropic from '@anthropic-ai/sdk';
import { redactText } from '../guard/redact.ts';
import { AiError } from '../tools/ai-error.ts';

export interface ModelMap {
  readonly chat: string;
  readonly sql: string;
  readonly complete: string;
  readonly app: string;
}

/** The one place where models are named; all of them can be set. */
export const DEFAULT_MODELS: ModelMap = {
  chat: 'claude-sonnet-5-5',
  sql: 'claude-sonnet-5-5',
  complete: 'claude-haiku-5-5',
  app: 'claude-opus-5-5',
};

export interface UsageEvent {
  readonly purpose: keyof ModelMap | 'phrase' | 'failure';
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly cost: number | null;
}

export interface BudgetOptions {
  readonly tokensPerTurn?: number;
  readonly tokensPerDay?: number;
  readonly requestsPerMinute?: number;
  readonly concurrency?: number;
  readonly costPerDay?: number;
  /** Price of a million tokens by model, as the host knows it. */
  readonly prices?: Readonly<Record<string, { readonly input: number; readonly output: number; readonly cacheRead?: number }>>;
}

/** Counts what is spent and refuses before it is spent. */
export class Budget {
  readonly #o: BudgetOptions;
  readonly #now: () => number;
  #day = 0;
  #tokens = 0;
  #cost = 0;
  #starts: number[] = [];
  #open = 0;
  #closedUntil = 0;

  constructor(options: BudgetOptions, now: () => number) {
    this.#o = options;
    this.#now = now;
  }

  /** Throws when a request of about so many tokens does not fit any more. */
  enter(estimate: number): () => void {
    const now = this.#now();
    if (Math.floor(now / 86_400_000) !== this.#day) {
      this.#day = Math.floor(now / 86_400_000);
      this.#tokens = 0;
      this.#cost = 0;
    }
    const {
      tokensPerTurn = 200_000,
      tokensPerDay = 5_000_000,
      requestsPerMinute = 60,
      concurrency = 2,
      costPerDay = Number.POSITIVE_INFINITY,
    } = this.#o;
    if (now < this.#closedUntil)
      throw new AiError('overloaded', 'the model was overloaded a moment ago; answering without it', {
        retryAfterMs: this.#closedUntil - now,
      });
    if (estimate > tokensPerTurn) throw new AiError('too_long', 'the request is longer than the limit of a turn');
    if (this.#tokens + estimate > tokensPerDay) throw new AiError('budget', 'the budget of tokens for today is used up');
    if (this.#cost >= costPerDay) throw new AiError('budget', 'the budget of today is used up');
    this.#starts = this.#starts.filter((t) => now - t < 60_000);
    if (this.#starts.length >= requestsPerMinute)
      throw new AiError('rate_limited', 'too many requests in this minute', { retryAfterMs: 60_000 - (now - (this.#starts[0] ?? now)) });
    if (this.#open >= concurrency) throw new AiError('rate_limited', 'another answer is still being made');
    this.#starts.push(now);
    this.#open++;
    let left = false;
    return () => {
      if (!left) this.#open--;
      left = true;
    };
  }

  add(model: string, usage: Omit<UsageEvent, 'purpose' | 'model' | 'cost'>): number | null {
    this.#tokens += usage.inputTokens + usage.outputTokens + usage.cacheWriteTokens;
    const price = this.#o.prices?.[model];
    if (!price) return null;
    const cost =
      (usage.inputTokens * price.input +
        usage.outputTokens * price.output +
        usage.cacheReadTokens * (price.cacheRead ?? price.input * 0.1)) /
      1e6;
    this.#cost += cost;
    return cost;
  }

  /** The model answers 429 or 529: half a minute without it. */
  open(ms = 30_000): void {
    this.#closedUntil = this.#now() + ms;
  }
}

/** About how many tokens a text has; good enough to refuse early. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 3.5);

const SPEND = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached', 'ramp_limit_exceeded']);

/** A spent budget comes with the status of a rate limit, which the client would try again; money does not come back within seconds. */
const spendingNotRetried =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init);
    if (response.status !== 429) return response;
    const text = await response.text();
    const headers = new Headers(response.headers);
    if ([...SPEND].some((code) => text.includes(`"${code}"`))) headers.set('x-should-retry', 'false');
    return new Response(text, { status: response.status, headers });
  };

/** What went wrong, as one of a dozen codes with a text that is safe to show. Branches on types and codes, never on messages. */
export function toAiError(cause: unknown, aborted = false): AiError {
  if (cause instanceof AiError) return cause;
  if (aborted || cause instanceof Anthropic.APIUserAbortError) return new AiError('aborted', 'stopped', { cause });
  if (cause instanceof Anthropic.APIConnectionTimeoutError) return new AiError('timeout', 'the model did not answer in time', { cause });
  if (cause instanceof Anthropic.APIConnectionError) return new AiError('network', 'the model could not be reached', { cause });
  if (cause instanceof Anthropic.APIError) return fromApi(cause);
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Anthropic.AnthropicError && /JSON|token|parse/i.test(text))
    return new AiError('bad_output', 'the model sent something that is no JSON', { cause });
  if (cause instanceof Anthropic.AnthropicError || /terminated|socket|ECONN|fetch failed|other side closed|ended without/i.test(text))
    return new AiError('network', 'the connection to the model broke', { cause });
  if (cause instanceof SyntaxError) return new AiError('bad_output', 'the model sent something that is no JSON', { cause });
  return new AiError('invalid', redactText(text).slice(0, 200), { cause });
}

function fromApi(cause: InstanceType<typeof Anthropic.APIError>): AiError {
  const error = cause as unknown as {
    status?: number;
    type?: string | null;
    errorCode?: string | null;
    headers?: Headers;
    requestID?: string | null;
    error?: { error?: { details?: { error_code?: string } } };
  };
  const code = error.errorCode ?? error.error?.error?.details?.error_code;
  const seconds = Number(error.headers?.get?.('retry-after'));
  const more = {
    cause,
    ...(Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {}),
    ...(error.requestID ? { requestId: error.requestID } : {}),
  };
  const type = error.type ?? '';
  if (type === 'overloaded_error' || error.status === 529) return new AiError('overloaded', 'the model is overloaded', more);
  if (code && SPEND.has(code)) return new AiError('billing', 'the spending limit of the key is reached', more);
  if (type === 'rate_limit_error' || error.status === 429)
    return new AiError('rate_limited', 'the model answers too many requests right now', more);
  if (type === 'authentication_error' || error.status === 401) return new AiError('auth', 'the key for the model is not accepted', more);
  if (type === 'billing_error' || error.status === 402) return new AiError('billing', 'the account of the key has to be settled', more);
  if (type === 'permission_error' || error.status === 403) return new AiError('auth', 'the key may not use this model', more);
  if (error.status === 413) return new AiError('too_long', 'the conversation is too long for the model', more);
  if (error.status === 504 || type === 'timeout_error') return new AiError('timeout', 'the model did not answer in time', more);
  if (error.status !== undefined && error.status >= 500) return new AiError('overloaded', 'the model has a fault of its own', more);
  if (error.status === undefined) return new AiError('network', 'the connection to the model broke', more);
  return new AiError('invalid', 'the model refused the request', more);
}

export interface ModelOptions {
  readonly apiKey: string | (() => Promise<string>);
  readonly baseURL?: string;
  readonly models?: Partial<ModelMap>;
  readonly budget?: BudgetOptions;
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
  readonly fetch?: typeof fetch;
  readonly onUsage?: (event: UsageEvent) => void;
  readonly now?: () => number;
}

type Params = Omit<Anthropic.MessageStreamParams, 'model'>;

/** Speaks with Claude: one streaming request at a time, counted, with its errors in our words. */
export class ModelClient {
  readonly models: ModelMap;
  readonly budget: Budget;
  readonly #client: Anthropic;
  readonly #onUsage: ((event: UsageEvent) => void) | undefined;

  constructor(options: ModelOptions) {
    this.models = { ...DEFAULT_MODELS, ...options.models };
    this.budget = new Budget(options.budget ?? {}, options.now ?? (() => Date.now()));
    this.#onUsage = options.onUsage;
    this.#client = new Anthropic({
      apiKey: options.apiKey,
      timeout: options.timeoutMs ?? 60_000,
      maxRetries: options.maxRetries ?? 2,
      ...(options.baseURL === undefined ? {} : { baseURL: options.baseURL }),
      fetch: spendingNotRetried(options.fetch ?? ((input, init) => fetch(input, init))),
    });
  }

  /** Runs one request to its end; `onText` gets text as it comes. */
  async send(
    purpose: UsageEvent['purpose'],
    params: Params,
    options: {
      readonly signal?: AbortSignal;
      readonly onText?: (delta: string) => void;
      readonly onInput?: (name: string, partial: unknown) => void;
    } = {},
  ): Promise<Anthropic.Message> {
    const model = this.models[purpose === 'phrase' || purpose === 'failure' ? 'complete' : purpose];
    const leave = this.budget.enter(estimateTokens(JSON.stringify(params)));
    try {
      const stream = this.#client.messages.stream({ ...params, model }, options.signal ? { signal: options.signal } : undefined);
      if (options.onText) stream.on('text', options.onText);
      if (options.onInput) stream.on('inputJson', (_partial, snapshot) => options.onInput?.(purpose, snapshot));
      const message = await stream.finalMessage();
      const usage = {
        inputTokens: message.usage.input_tokens,
        outputTokens: message.usage.output_tokens,
        cacheReadTokens: message.usage.cache_read_input_tokens ?? 0,
        cacheWriteTokens: message.usage.cache_creation_input_tokens ?? 0,
      };
      const cost = this.budget.add(model, usage);
      this.#onUsage?.({ purpose, model, ...usage, cost });
      return message;
    } catch (cause) {
      const error = toAiError(cause, options.signal?.aborted);
      if (error.code === 'overloaded' || error.code === 'rate_limited') this.budget.open(Math.min(error.retryAfterMs ?? 30_000, 120_000));
      throw error;
    } finally {
      leave();
    }
  }
}

/** Text of an answer. */
export const textOf = (message: Anthropic.Message): string => message.content.flatMap((b) => (b.type === 'text' ? [b.text] : [])).join('');
export type { Anthropic };
