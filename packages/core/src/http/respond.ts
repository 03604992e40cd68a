import { wireJson } from '../protocol/wire.ts';

const COMPRESS_FROM_BYTES = 1_024;

/** JSON, compressed where the caller takes it and it pays. */
export function jsonResponse(request: Request, status: number, value: unknown, headers: Readonly<Record<string, string>>): Response {
  const text = wireJson(value);
  const all = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  };
  return new Response(...compressed(request, text, status, all));
}

export function textResponse(request: Request, text: string, type: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(
    ...compressed(request, text, 200, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    }),
  );
}

function compressed(request: Request, text: string, status: number, headers: Record<string, string>): [BodyInit, ResponseInit] {
  const accepts = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!accepts || text.length < COMPRESS_FROM_BYTES || typeof CompressionStream === 'undefined') return [text, { status, headers }];
  const body = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  const vary = headers['vary'] ? `${headers['vary']}, accept-encoding` : 'accept-encoding';
  return [body as unknown as BodyInit, { status, headers: { ...headers, 'content-encoding': 'gzip', vary } }];
}
