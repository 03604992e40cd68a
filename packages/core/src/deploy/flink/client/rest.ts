import { flinkCancelled, flinkRefused, flinkTimeout, flinkUnreachable } from '../../../diagnostics/codes/deploy-flink.ts';
import { causeOf } from './server-error.ts';

export interface RestOptions {
  /** Names the server in errors: `SQL Gateway`, `Flink`. */
  readonly what: string;
  readonly url: string;
  /** Sent with every request, e.g. `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For one request; 30 s by default. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

export interface Rest {
  readonly timeoutMs: number;
  /** The JSON of an answer; an empty one is `{}`. Errors are coded. */
  request(method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: string, more?: RequestMore): Promise<unknown>;
}

export interface RequestMore {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** How the text of an answer is read; `JSON.parse` by default. */
  readonly parse?: (text: string) => unknown;
  /** Looks at an error answer before it becomes `flink-refused`. */
  readonly onError?: (errors: readonly string[], status: number) => Error | undefined;
}

/** JSON over HTTP with a timeout, cancellation and coded errors. Needs nothing but `fetch`, so it works in Node and in browsers. */
export function createRest(options: RestOptions): Rest {
  const base = options.url.replace(/\/+$/, '');
  const address = withoutLogin(base);
  const timeoutMs = options.timeoutMs ?? 30_000;
  const send = options.fetch ?? fetch;
  return {
    timeoutMs,
    async request(method, path, { body, signal, onError, parse = JSON.parse } = {}) {
      const what = `${method} ${path.split('?')[0]}`;
      const isCancelled = (): boolean => signal?.aborted === true;
      if (isCancelled()) throw flinkCancelled(what, signal?.reason);
      const late = AbortSignal.timeout(timeoutMs);
      try {
        const response = await send(`${base}${path}`, {
          method,
          signal: signal === undefined ? late : AbortSignal.any([late, signal]),
          headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...options.headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        if (response.ok) return text.trim() === '' ? {} : parse(text);
        const errors = errorsOf(text);
        throw new Refusal(onError?.(errors, response.status) ?? flinkRefused(what, response.status, causeOf(errors)));
      } catch (error) {
        if (error instanceof Refusal) throw error.reason;
        if (isCancelled()) throw flinkCancelled(what, signal?.reason);
        if (late.aborted) throw flinkTimeout(`${options.what}: ${what}`, timeoutMs);
        throw flinkUnreachable(options.what, address, error);
      }
    },
  };
}

/** Carries an error answer past the catch of everything that keeps an answer from coming. */
class Refusal extends Error {
  readonly reason: Error;

  constructor(reason: Error) {
    super(reason.message);
    this.reason = reason;
  }
}

/** The messages of an error answer: `{ "errors": ["Internal server error.", "<Exception …>"] }`, or the text of a proxy. */
function errorsOf(text: string): readonly string[] {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: unknown };
    if (Array.isArray(errors)) return errors.map(String);
  } catch {
    // Not Flink's own answer.
  }
  return [text.trim().slice(0, 500)];
}

/** An address as it may stand in an error: without user, password and query. */
export function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');
}
