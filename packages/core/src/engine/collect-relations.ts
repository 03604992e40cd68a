import type { AstNode, FromItem, Statement } from '../sql/ast/index.ts';

/** A relation that a statement reads, as written. */
export interface RelationUse extends AstNode {
  /** Registered name, or the URI. */
  readonly name: string;
  readonly uri: string | null;
  /** WITH of the FROM item. */
  readonly properties: ReadonlyMap<string, string | number | boolean>;
}

const isNode = (x: unknown): x is { readonly kind?: string } => typeof x === 'object' && x !== null;

/** `kafka_topic('x')` → `kafka://…`-like URIs that connectors understand. */
const FUNCTION_SCHEMES: Readonly<Record<string, string>> = { kafka_topic: 'kafka:///', kafka: 'kafka://', file: 'file://', s3: 's3://' };

export function relationUri(item: FromItem): string | null {
  if (item.kind === 'relation') return item.relation.kind === 'uri' ? item.relation.uri : null;
  if (item.kind !== 'source-function') return null;
  if (item.argument.includes('://')) return item.argument;
  return (FUNCTION_SCHEMES[item.name.text.toLowerCase()] ?? `${item.name.text.toLowerCase()}://`) + item.argument;
}

/** Every FROM and JOIN relation of a statement, sub-queries included. The parser bounds the depth of the tree. */
export function collectRelations(statement: Statement): RelationUse[] {
  const found: RelationUse[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    if (!isNode(node)) return;
    if (node.kind === 'relation' || node.kind === 'source-function') {
      const item = node as FromItem;
      const uri = relationUri(item);
      const name = uri ?? (item.kind === 'relation' && item.relation.kind === 'name' ? item.relation.name.text : '');
      const properties = new Map(item.kind === 'relation' ? item.properties.map((p) => [p.key, p.value] as const) : []);
      found.push({ name, uri, properties, span: item.span });
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'span' && key !== 'comments') walk(child);
  };
  walk(statement);
  return found;
}
