import { parse } from '@velostream/core/sql';

interface Named {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
}
interface Node {
  readonly kind?: string;
  readonly path?: readonly Named[];
  readonly expression?: Node;
  readonly alias?: Named;
}

/** SQL that reads `to` where it read `from`; a column that went out under its own name keeps it, so that nobody behind the query notices. */
export function renameColumn(sql: string, from: string, to: string): string {
  const edits = new Map<number, { readonly end: number; readonly text: string }>();
  const name = /^[A-Za-z_]\w*$/.test(to) ? to : `\`${to.replaceAll('`', '``')}\``;
  const rename = (node: Node, suffix = ''): void => {
    const last = node.kind === 'column' ? node.path?.at(-1) : undefined;
    if (last?.text === from && !edits.has(last.span.start)) edits.set(last.span.start, { end: last.span.end, text: name + suffix });
  };
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    const found = node as Node;
    if (found.kind === 'expression' && found.alias === undefined && found.expression?.kind === 'column')
      rename(found.expression, ` AS ${from}`);
    rename(found);
    for (const [key, value] of Object.entries(node)) if (key !== 'span') walk(value);
  };
  walk(parse(sql).statements);
  let out = sql;
  for (const [start, { end, text }] of [...edits].toSorted(([a], [b]) => b - a)) out = out.slice(0, start) + text + out.slice(end);
  return out;
}
