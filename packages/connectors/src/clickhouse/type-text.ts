/** A type as ClickHouse writes it, taken apart: `Map(String, Nullable(Int32))`. */
export interface ServerType {
  readonly name: string;
  /** Types, numbers and texts between the brackets, as they stand. */
  readonly arguments: readonly string[];
}

export function parseServerType(text: string): ServerType {
  const open = text.indexOf('(');
  if (open < 0 || !text.endsWith(')')) return { name: text.trim(), arguments: [] };
  return { name: text.slice(0, open).trim(), arguments: splitArguments(text.slice(open + 1, -1)) };
}

/** Splits at commas that stand in no bracket and in no text. */
export function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string;
    if (quote !== '') {
      if (c === '\\') at++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '`' || c === '"') quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts;
}

/** Name and type of an element of a named tuple; undefined for one without a name. */
export function namedElement(text: string): { readonly name: string; readonly type: string } | undefined {
  const match = /^(?:`((?:[^`\\]|\\.)*)`|([A-Za-z_][A-Za-z0-9_]*))\s+(\S[\s\S]*)$/.exec(text);
  return match === null ? undefined : { name: (match[1] ?? (match[2] as string)).replaceAll(/\\(.)/g, '$1'), type: match[3] as string };
}
