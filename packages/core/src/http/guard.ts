import type { z } from 'zod';
import { badRequest, crossSite, forbidden, rateLimited, tooLarge, unauthorized, wrongContentType } from '../diagnostics/codes/http.ts';
import { type Authorize, mayDo, type Principal, type Risk } from './principal.ts';

export interface CorsOptions {
  /** Exact origins, e.g. `https://app.example`. Nothing else is answered across sites. */
  readonly origins: readonly string[];
  readonly credentials?: boolean;
}

/** Whether a browser page of this origin may speak with the handler: its own, or one that the host has named. */
export function isAllowedOrigin(request: Request, cors: CorsOptions | undefined): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') !== 'cross-site';
  if (cors?.origins.includes(origin)) return true;
  // A forwarded host that is another one is a word of somebody in between; Next.js repeats the same.
  const named = request.headers.get('host');
  const forwarded = request.headers.get('x-forwarded-host');
  const host = forwarded === null || forwarded === named ? named : null;
  return origin === new URL(request.url).origin || (host !== null && (origin === `http://${host}` || origin === `https://${host}`));
}

/** Headers for a page of another origin; none for origins that are not named. */
export function corsHeaders(request: Request, cors: CorsOptions | undefined): Record<string, string> {
  const origin = request.headers.get('origin');
  if (!cors || origin === null || !cors.origins.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    ...(cors.credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    'access-control-expose-headers': 'x-request-id, retry-after',
  };
}

export function preflight(request: Request, cors: CorsOptions | undefined): Response {
  const headers = corsHeaders(request, cors);
  if (!('access-control-allow-origin' in headers)) return new Response(null, { status: 403, headers });
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'content-type, authorization, x-api-key, x-velo-session',
      'access-control-max-age': '600',
    },
  });
}

/** Who calls, and whether that one may; a state-changing request of a foreign page is refused before anybody is asked. */
export async function admit(request: Request, risk: Risk, o: { authorize: Authorize; cors: CorsOptions | undefined }): Promise<Principal> {
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isAllowedOrigin(request, o.cors)) throw crossSite();
  const principal = await o.authorize(request);
  if (!principal) throw unauthorized();
  if (!mayDo(principal, risk)) throw forbidden(`${request.method} "${new URL(request.url).pathname}"`, risk);
  return principal;
}

/** Tokens per caller: `perMinute` flow in, a tenth of a minute's worth may be taken at once. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly perMinute: number;
  private readonly burst: number;
  private readonly now: () => number;

  constructor(perMinute: number, now: () => number) {
    this.perMinute = perMinute;
    this.burst = Math.max(5, Math.ceil(perMinute / 10));
    this.now = now;
  }

  take(caller: string): void {
    if (!Number.isFinite(this.perMinute)) return;
    const now = this.now();
    const bucket = this.buckets.get(caller) ?? { tokens: this.burst, at: now };
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((now - bucket.at) / 60_000) * this.perMinute);
    bucket.at = now;
    this.buckets.set(caller, bucket);
    if (this.buckets.size > 10_000) this.buckets.delete(this.buckets.keys().next().value as string);
    if (bucket.tokens < 1) throw rateLimited(((1 - bucket.tokens) / this.perMinute) * 60_000);
    bucket.tokens -= 1;
  }
}

/** The body as JSON, never more than `maxBytes` of it, as the schema has it. */
export async function readBody(request: Request, schema: z.ZodType, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  const text = await textOf(request, maxBytes);
  if (text !== '' && !/^application\/([\w.+-]+\+)?json\b/i.test(type)) throw wrongContentType();
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw badRequest([`the body is no JSON (${error instanceof Error ? error.message : 'unreadable'})`]);
  }
  return checked(schema, value);
}

async function textOf(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

export function checked(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw badRequest(result.error.issues.map((i) => `${i.path.map(String).join('.') || 'body'}: ${i.message}`));
}
