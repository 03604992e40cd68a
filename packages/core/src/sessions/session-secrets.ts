import {
  addressWithSecrets,
  type SecretParts,
  type SecretsFor,
  serverOf,
  userOf,
  type WithheldPlace,
  withheldPlaces,
  withSecrets,
} from './bring-secrets.ts';
import type { SourceOrigin } from './source-origin.ts';

/** Of connections, those that go to the server of a place, as the user that it names. */
export function secretsOf(connections: Iterable<SecretParts>): SecretsFor {
  return ({ uri, user }) => {
    const wanted = serverOf(uri);
    return [...connections].filter((parts) => {
      if (parts.uri === undefined || !isSameServer(wanted, serverOf(parts.uri))) return false;
      const own = userOf(parts.uri);
      return user === undefined || own === undefined || own === '' || own === user;
    });
  };
}

/** Options of SQL may name a server without saying how it is spoken to. */
const isSameServer = (wanted: string, own: string): boolean =>
  wanted === own || (/^(any|database):\/\//.test(wanted) && wanted.replace(/^\w+:\/\//, '') === own.replace(/^[\w+.-]+:\/\//, ''));

/** Queries with their secrets, as an engine takes them. */
export const queriesWithSecrets = <Q extends { readonly sql: string; readonly sink?: string }>(
  queries: readonly Q[],
  from: SecretsFor,
): readonly Q[] =>
  queries.map((query) => ({
    ...query,
    sql: withSecrets(query.sql, from),
    ...(query.sink === undefined ? {} : { sink: addressWithSecrets(query.sink, from) }),
  }));

/** Asks the host for what belongs to an address. */
export type HostSecrets = (origin: SourceOrigin) => SecretParts | undefined | Promise<SecretParts | undefined>;

/**
 * What the host knows of the places in texts, as a lookup that does not wait. Only for what the host itself runs or has let be deployed, and for
 * a caller where the host looks at who that is: whoever writes an address with a mark in it must not get a password that they never had.
 */
export async function hostSecrets(texts: readonly string[], secrets: HostSecrets | undefined): Promise<SecretsFor> {
  const known = new Map<string, SecretParts>();
  if (secrets === undefined) return () => [];
  for (const { uri } of texts.flatMap(withheldPlaces)) {
    const given = known.has(uri) ? undefined : await secrets({ uri, hasSecret: true });
    if (given !== undefined) known.set(uri, given);
  }
  return ({ uri }: WithheldPlace) => {
    const found = known.get(uri);
    return found === undefined ? [] : [found];
  };
}
