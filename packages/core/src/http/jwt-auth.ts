import { VeloError } from '../diagnostics/velo-error.ts';
import { bearerOf } from './api-key-auth.ts';
import type { Authorize, Principal } from './principal.ts';

export interface JwtAuthOptions {
  /** A shared secret (HS256), or where the public keys are. */
  readonly secret?: string;
  readonly jwksUrl?: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** From claims to a caller; `sub`, `role` and `tenant` by default. `null` refuses. */
  readonly principal?: (claims: Readonly<Record<string, unknown>>) => Principal | null;
}

const ROLES: readonly Principal['role'][] = ['viewer', 'analyst', 'developer', 'admin'];

const defaultPrincipal = (claims: Readonly<Record<string, unknown>>): Principal | null => {
  const role = ROLES.find((r) => r === claims['role']) ?? 'viewer';
  const { sub, tenant } = claims as { readonly sub?: unknown; readonly tenant?: unknown };
  return typeof sub === 'string' ? { id: sub, role, ...(typeof tenant === 'string' ? { tenant } : {}) } : null;
};

/**
 * Callers by JSON web token, with the `jose` package (an optional peer). Algorithms are pinned to the kind of key; `none` is never taken.
 *
 * @example jwtAuth({ jwksUrl: 'https://login.example/.well-known/jwks.json', issuer: 'https://login.example', audience: 'velostream' })
 */
export function jwtAuth(options: JwtAuthOptions): Authorize {
  if ((options.secret === undefined) === (options.jwksUrl === undefined)) throw new TypeError('jwtAuth needs either `secret` or `jwksUrl`');
  const verify = loadVerify(options);
  const toPrincipal = options.principal ?? defaultPrincipal;
  return async (request) => {
    const token = bearerOf(request);
    if (token === undefined) return null;
    const claims = await (await verify)(token);
    return claims === null ? null : toPrincipal(claims);
  };
}

/** A bundler takes a package for optional when its import stands in a `try`. */
async function loadJose(): Promise<typeof import('jose')> {
  try {
    return await import('jose');
  } catch (cause) {
    throw new VeloError({
      code: 'VS7112',
      reason: 'package-missing',
      message: 'jwtAuth needs the package "jose"',
      hint: 'Run `npm install jose`.',
      cause,
    });
  }
}

type Verify = (token: string) => Promise<Readonly<Record<string, unknown>> | null>;

async function loadVerify({ secret, jwksUrl, issuer, audience }: JwtAuthOptions): Promise<Verify> {
  const jose = await loadJose();
  const rules = { ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}), clockTolerance: 5 };
  const accepted = async (work: Promise<{ payload: Readonly<Record<string, unknown>> }>) => {
    try {
      return (await work).payload;
    } catch {
      // A token that does not verify is a stranger, whatever the reason.
      return null;
    }
  };
  if (secret !== undefined) {
    const key = new TextEncoder().encode(secret);
    return (token) => accepted(jose.jwtVerify(token, key, { ...rules, algorithms: ['HS256', 'HS384', 'HS512'] }));
  }
  const keys = jose.createRemoteJWKSet(new URL(jwksUrl as string));
  return (token) =>
    accepted(jose.jwtVerify(token, keys, { ...rules, algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'EdDSA', 'PS256'] }));
}
