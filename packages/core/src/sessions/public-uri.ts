const SECRET_WORD = /pass(word|wd)?|secret|token|credential|api[_-]?key|access[_-]?key|sasl|private|auth/i;

/** Whether an option of this name must not be shown or stored. */
export const isSecretName = (name: string): boolean => SECRET_WORD.test(name);

/** A URI as people may see it and stores may keep it: without user, password and secret query parameters. */
export function publicUri(uri: string): string {
  const bare = uri.replace(/^([A-Za-z][\w+.-]*:\/\/)[^/?#]*@/, '$1');
  const at = bare.indexOf('?');
  if (at < 0) return bare;
  const kept = bare
    .slice(at + 1)
    .split('&')
    .filter((pair) => !isSecretName(pair.split('=')[0] ?? ''))
    .map(publicPair);
  return bare.slice(0, at) + (kept.length > 0 ? `?${kept.join('&')}` : '');
}

/** The value of an option may be a URI with a password of its own, such as that of a table for dead letters. */
function publicPair(pair: string): string {
  const at = pair.indexOf('=') + 1;
  const value = decoded(pair.slice(at));
  if (at === 0 || !value.includes('://')) return pair;
  const shown = publicUri(value);
  return shown === value ? pair : pair.slice(0, at) + encodeURIComponent(shown);
}

/** Percent-encoding taken off; a text that is not encoded rightly stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Options without their secrets, as text. */
export function publicOptions(options: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(options)) {
    if (isSecretName(name) || value === undefined || value === null) continue;
    if (typeof value === 'object' || typeof value === 'function') continue;
    shown[name] = typeof value === 'string' ? publicUri(value) : String(value);
  }
  return shown;
}
