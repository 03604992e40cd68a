import { VeloError } from '../diagnostics/velo-error.ts';
import { fromWire, toWire, wireJson } from '../protocol/wire.ts';

/** The part of a WebSocket that the client uses; `ws` and the browser's both fit. */
export interface ClientSocket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: { data?: unknown; code?: number }) => void): void;
}

export interface StudioClientOptions {
  /** Where the handler is, with its base path, e.g. `https://host/api`. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** `null`: use server-sent events instead. */
  readonly WebSocket?: (new (url: string) => ClientSocket) | null;
  readonly headers?:
    | Readonly<Record<string, string>>
    | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);
}

export interface CallOptions {
  readonly body?: unknown;
  /** A body that is sent with its keys as they are. */
  readonly document?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** JSON requests to a handler: names turned both ways, errors as `VeloError` again. */
export class Transport {
  readonly options: StudioClientOptions;
  readonly base: string;

  constructor(options: StudioClientOptions) {
    this.options = options;
    this.base = options.baseUrl.replace(/\/+$/, '');
  }

  /** The answer with our names. `T` is what the route of this path promises; the contract suite holds both to it. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    return fromWire(await this.raw(method, path, options)) as T;
  }

  /** The answer as it came. */
  async raw(method: string, path: string, options: CallOptions = {}): Promise<unknown> {
    const response = await this.fetch(method, path, options);
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  async text(path: string): Promise<string> {
    return (await this.fetch('GET', path, {})).text();
  }

  /** The response, once it is a good one. */
  async fetch(method: string, path: string, { body, document, query, signal }: CallOptions): Promise<Response> {
    const url = this.url(path, query);
    const { headers } = this.options;
    const own = typeof headers === 'function' ? await headers() : headers;
    const send = this.options.fetch ?? globalThis.fetch;
    const text = document !== undefined ? wireJson(document) : body === undefined ? undefined : wireJson(toWire(body));
    let response: Response;
    try {
      response = await send(url, {
        method,
        headers: { accept: 'application/json', ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...own },
        ...(text === undefined ? {} : { body: text }),
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new VeloError({
        code: 'VS7201',
        reason: 'connection-failed',
        message: `the studio at "${this.base}" did not answer`,
        hint: 'Is it running, and reachable from here?',
        cause,
      });
    }
    if (!response.ok) throw await failure(response);
    return response;
  }

  url(path: string, query: CallOptions['query'] = {}): string {
    const root = path.startsWith('//') ? new URL(path.slice(1), absolute(this.base)).toString() : this.base + path;
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    return given.length === 0 ? root : `${root}?${new URLSearchParams(given)}`;
  }

  socketUrl(path: string, query: CallOptions['query']): string {
    return absolute(this.url(path, query)).replace(/^http/, 'ws');
  }
}

const absolute = (url: string): string => (/^https?:/.test(url) ? url : new URL(url, globalThis.location?.href).toString());

interface WireFailure {
  readonly code?: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

async function failure(response: Response): Promise<VeloError> {
  const body = (await response.json().catch(() => ({}))) as { error?: WireFailure };
  return errorFrom(body.error ?? {}, response.status);
}

/** The error of the other side, with its own code and reason. */
export function errorFrom({ code, message, details = {} }: WireFailure, status = 0): VeloError {
  const hint = details['hint'];
  const span = details['span'];
  const untold = { code: 'VS7202', reason: 'http', message: `the studio answered with HTTP ${status}` };
  return new VeloError({
    code: typeof details['velo_code'] === 'string' ? details['velo_code'] : untold.code,
    reason: typeof details['reason'] === 'string' ? details['reason'] : (code ?? untold.reason).toLowerCase().replaceAll('_', '-'),
    message: message ?? untold.message,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(typeof span === 'object' && span !== null ? { span: span as { start: number; end: number } } : {}),
    details: { ...details, status, wireCode: code },
  });
}
