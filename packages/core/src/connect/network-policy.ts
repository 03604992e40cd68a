/**
 * Which servers a connector may reach. Whoever takes connections from other people (an HTTP handler) gives one; without one the
 * addresses come from the program itself and only link-local ones are refused, because that is where clouds keep credentials.
 */
export interface NetworkPolicy {
  /** `host`, `host:port`, `*.domain`, an address or `address/bits`. Nothing else is reached; an empty list reaches nothing. */
  readonly allowedHosts: readonly string[];
  /** Whether a listed name may lead to a loopback or private address. A listed address may be private in any case. */
  readonly allowPrivate?: boolean;
}

/** A server as people see it: never with user, password or query. */
export interface NetworkTarget {
  readonly host: string;
  readonly port: number;
}
