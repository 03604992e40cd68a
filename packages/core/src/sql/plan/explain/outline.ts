/** Shows one kind of value in a line of its own; undefined leaves it to the outline. */
export type ShowValue = (value: object, name: string) => string | undefined;

/** Deeper than any statement that parses. */
const DEPTH_MAX = 200;

/**
 * A tree of plain data as indented text, `name: value` a line, list entries behind dashes. Absent values, empty lists
 * and positions in the text are left out.
 */
export function outline(value: unknown, show: ShowValue = () => undefined): string {
  return linesOf(value, '', show, 0).join('\n');
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object';

function linesOf(value: unknown, name: string, show: ShowValue, depth: number): string[] {
  const label = name === '' ? '' : `${name}: `;
  if (value === null || isLeaf(value)) return [`${label}${leafText(value)}`];
  const shown = show(value as object, name);
  if (shown !== undefined) return [`${label}${shown}`];
  if (depth > DEPTH_MAX) return [`${label}…`];
  if (value instanceof Map) return linesOf(Object.fromEntries(value), name, show, depth);
  const body = Array.isArray(value) ? listLines(value, show, depth) : fieldLines(value as object, show, depth);
  const kind = (value as { readonly kind?: unknown }).kind;
  const head = typeof kind === 'string' ? `${label}${kind}` : name === '' ? null : `${name}:`;
  return head === null ? body : [head, ...indented(body)];
}

const leafText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? String(value));
const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const listLines = (list: readonly unknown[], show: ShowValue, depth: number): string[] =>
  list.flatMap((item) => linesOf(item, '', show, depth + 1).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`)));

const HIDDEN = new Set(['kind', 'span', 'comments']);

const fieldLines = (value: object, show: ShowValue, depth: number): string[] =>
  Object.entries(value).flatMap(([key, part]) => (HIDDEN.has(key) || isNothing(part) ? [] : linesOf(part, key, show, depth + 1)));

const isNothing = (part: unknown): boolean =>
  part === undefined ||
  part === null ||
  part === false ||
  typeof part === 'function' ||
  (Array.isArray(part) && part.length === 0) ||
  (part instanceof Map && part.size === 0);
