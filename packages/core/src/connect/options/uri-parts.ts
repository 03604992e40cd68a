export interface UriParts {
  readonly scheme: string;
  /** What stands between `scheme:` or `scheme://` and the query, percent-decoded where it can be. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Takes a source URI apart; undefined when it has no scheme. A `?` starts the query only before `name=`: elsewhere it is a wildcard.
 * A `%` that starts no escape stays as it is: it may stand in a file name.
 */
export function uriParts(uri: string): UriParts | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/)?([\s\S]*?)(?:\?([A-Za-z_][\w.-]*=[\s\S]*))?$/.exec(uri);
  if (match === null) return undefined;
  return {
    scheme: (match[1] as string).toLowerCase(),
    path: decoded(match[2] as string),
    query: Object.fromEntries(new URLSearchParams(match[3] ?? '')),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
