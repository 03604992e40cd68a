import { UsageError } from './usage-error.ts';

/** Comments, quoted names and quoted texts, in this order; only the last are filled. */
const PARTS = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*`|'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_.]*)(?:(:-|:\?)([^}]*))?\}/g;

/**
 * Puts values for `${name}`, `${name:-default}` and `${name:?message}` into the quoted texts of a script, doubling quotes.
 * Values never become anything but text, so they cannot change the query.
 *
 * @throws {UsageError} when a variable has neither a value nor a default.
 */
export function fillVariables(sql: string, values: ReadonlyMap<string, string>): string {
  const unused = new Set(values.keys());
  const filled = sql.replace(PARTS, (part) => {
    const quote = part.charAt(0);
    if (quote !== "'" && quote !== '"') return part;
    return part.replace(VARIABLE, (_all, name: string, kind: string | undefined, rest: string | undefined) => {
      unused.delete(name);
      const value = values.get(name) ?? (kind === ':-' ? rest : undefined);
      if (value !== undefined) return value.replaceAll(quote, quote + quote);
      throw new UsageError(kind === ':?' && rest ? rest : `variable "${name}" has no value`, `Pass --set ${name}=….`);
    });
  });
  const [name] = unused;
  if (name === undefined) return filled;
  throw new UsageError(`the script has no variable "${name}"`, `Write '\${${name}}' where its value belongs.`);
}
