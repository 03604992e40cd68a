import { substituteVariables } from '../sql/syntax/annotation/variables.ts';
import { UsageError } from './usage-error.ts';

/** Comments, quoted names and quoted texts, in this order; only the last are filled. */
const PARTS = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|`[^`]*`|'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * Puts values for `${name}`, `${name:-default}` and `${name:?message}` into the quoted texts of a script, doubling quotes.
 * Values never become anything but text, so they cannot change the query.
 *
 * @throws {UsageError} when a variable has neither a value nor a default, or when the script has no place for a value.
 */
export function fillVariables(sql: string, values: ReadonlyMap<string, string>): string {
  const unused = new Set(values.keys());
  const filled = sql.replace(PARTS, (part) => {
    const quote = part.charAt(0);
    if (quote !== "'" && quote !== '"') return part;
    const { text, missing } = substituteVariables(part, (name) => {
      unused.delete(name);
      return values.get(name)?.replaceAll(quote, quote + quote);
    });
    const [first] = missing;
    if (first) throw new UsageError(first.message ?? `variable "${first.name}" has no value`, `Pass --set ${first.name}=….`);
    return text;
  });
  const [name] = unused;
  if (name === undefined) return filled;
  throw new UsageError(`the script has no variable "${name}"`, `Write '\${${name}}' where its value belongs.`);
}
