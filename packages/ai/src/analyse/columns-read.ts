import { parse } from '@velostream/core/sql';

interface Node {
  readonly kind?: string;
  readonly path?: readonly { readonly text: string }[];
  readonly relation?: { readonly kind: string; readonly name?: { readonly text: string }; readonly uri?: string };
  readonly alias?: { readonly text: string };
}

/** Columns of a source that SQL text names, by its name or alias or without one. `*` is given as `*`. */
export function columnsReadBy(sql: string, source: string): Set<string> {
  const found = new Set<string>();
  for (const statement of parse(sql).statements) {
    const aliases = new Set<string>();
    let reads = false;
    walk(statement, (node) => {
      if (node.kind !== 'relation' || !node.relation) return;
      const name = node.relation.name?.text ?? node.relation.uri ?? '';
      if (name !== source && !name.endsWith(`/${source}`)) return;
      reads = true;
      aliases.add(name);
      if (node.alias) aliases.add(node.alias.text);
    });
    if (!reads) continue;
    walk(statement, (node) => {
      if (node.kind === 'star') found.add('*');
      if (node.kind !== 'column' || !node.path) return;
      const [first, second] = node.path;
      if (second && first && aliases.has(first.text)) found.add(second.text);
      else if (first) found.add(first.text);
    });
  }
  return found;
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit);
    return;
  }
  visit(node as Node);
  for (const [key, value] of Object.entries(node)) if (key !== 'span') walk(value, visit);
}
