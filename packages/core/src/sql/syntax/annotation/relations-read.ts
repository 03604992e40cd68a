import type { StatementBody } from '../../ast/index.ts';

/** Names and URIs that a statement reads anywhere in it, sorted, each once; names of its own WITH tables left out. */
export function relationsRead(statement: StatementBody): string[] {
  const found = new Set<string>();
  const own = new Set<string>();
  collect(statement, found, own);
  for (const name of own) found.delete(name);
  return [...found].sort();
}

interface Node {
  readonly kind?: string;
  readonly relation?: { readonly kind: 'uri'; readonly uri: string } | { readonly kind: 'name'; readonly name: { readonly text: string } };
  readonly ctes?: readonly { readonly name: { readonly text: string } }[];
}

/** Walks every node; the parser bounds the depth. */
function collect(value: unknown, found: Set<string>, own: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found, own);
    return;
  }
  const node = value as Node;
  if (node.kind === 'relation' && node.relation) found.add(node.relation.kind === 'uri' ? node.relation.uri : node.relation.name.text);
  for (const cte of node.ctes ?? []) own.add(cte.name.text);
  for (const [key, child] of Object.entries(value)) if (key !== 'span' && key !== 'comments') collect(child, found, own);
}
