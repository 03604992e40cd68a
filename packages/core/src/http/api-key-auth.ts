import type { Authorize, Principal } from './principal.ts';

/**
 * Callers by key, sent as `X-API-Key` or `Authorization: Bearer`. Keys are compared by their SHA-256, so that the time of the comparison tells nothing.
 *
 * @example apiKeyAuth({ keys: { 's3cret-key': { id: 'ci', role: 'developer' } } })
 */
export function apiKeyAuth(options: { readonly keys: Readonly<Record<string, Principal>> }): Authorize {
  const ready = Promise.all(Object.entries(options.keys).map(async ([key, principal]) => [await digest(key), principal] as const)).then(
    (all) => new Map(all),
  );
  return async (request) => {
    const key = request.headers.get('x-api-key') ?? bearerOf(request);
    if (key === undefined || key === '') return null;
    return (await ready).get(await digest(key)) ?? null;
  };
}

/** The token of `Authorization: Bearer …`. */
export const bearerOf = (request: Request): string | undefined => /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (b) => b.toString(16).padStart(2, '0')).join('');
}
