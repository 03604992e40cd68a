/** Value of a variable by name; undefined when it is not set. */
export type VariableLookup = (name: string) => string | undefined;

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*(?:\|[A-Za-z_][A-Za-z0-9_]*)*)(?:(:-|:\?|:)([^}]*))?\}/g;

/**
 * Fills in `${NAME}`, `${NAME:default}`, `${NAME:-default}`, `${A|B:default}` (the first that is set) and `${NAME:?message}`.
 * What is not set and has no default is left as it is and named in `missing`, with its message where one was given.
 */
export function substituteVariables(
  text: string,
  lookup: VariableLookup,
): { readonly text: string; readonly missing: readonly { readonly name: string; readonly message?: string }[] } {
  const missing: { name: string; message?: string }[] = [];
  const filled = text.replace(VARIABLE, (whole: string, names: string, mark: string | undefined, rest: string | undefined) => {
    for (const name of names.split('|')) {
      const value = lookup(name);
      if (value !== undefined) return value;
    }
    if (mark === ':' || mark === ':-') return rest ?? '';
    missing.push(mark === ':?' && rest ? { name: names, message: rest } : { name: names });
    return whole;
  });
  return { text: filled, missing };
}
