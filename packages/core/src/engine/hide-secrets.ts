import { hideInAddress } from '../connect/secrets/address.ts';
import type { ParsedStatements } from '../sql/syntax/parse-statements.ts';
import type { Connectors } from './connector-source.ts';

/** A URI without its password and the values of options that are named like secrets. The user stays: it tells two sources apart. */
export const publicUri = (uri: string): string => hideInAddress(uri, 'named');

export interface Hidden {
  /** The text with secrets blotted out; places in it are the same. */
  readonly sql: string;
  readonly parsed: ParsedStatements;
  /** Opens sources and sinks by the URIs that were written. */
  readonly connectors: Connectors;
}

/**
 * Takes secrets out of the URIs of a script before anything is named by them: names of sources stand in plans, checkpoints, metrics and
 * errors. What was taken out is known to the connectors of this run alone.
 */
export function hideSecrets(sql: string, parsed: ParsedStatements, connectors: Connectors): Hidden {
  const written = new Map<string, string>();
  const spans: (readonly [number, number])[] = [];
  const statements = parsed.statements.map((statement) => withPublicUris(statement, written, spans));
  if (written.size === 0) return { sql, parsed, connectors };
  const reveal = (uri: string): string => written.get(uri) ?? uri;
  return {
    sql: spans.reduce((text, [start, end]) => text.slice(0, start) + '•'.repeat(end - start) + text.slice(end), sql),
    parsed: { ...parsed, statements },
    connectors: {
      ...connectors,
      sourceFromUri: (uri, options) => connectors.sourceFromUri(reveal(uri), options),
      sinkFromUri: (uri, options) => connectors.sinkFromUri(reveal(uri), options),
    },
  };
}

interface UriNode {
  readonly kind: 'uri';
  readonly uri: string;
  readonly span: { readonly start: number; readonly end: number };
}

const isUriNode = (node: object): node is UriNode => 'kind' in node && node.kind === 'uri' && 'uri' in node && typeof node.uri === 'string';

/** A copy in which URIs are public; parts without secrets stay the same objects. */
function withPublicUris<T>(node: T, written: Map<string, string>, spans: (readonly [number, number])[]): T {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) {
    const items = node.map((item) => withPublicUris(item, written, spans));
    return items.some((item, i) => item !== node[i]) ? (items as T) : node;
  }
  if (isUriNode(node)) {
    const uri = publicUri(node.uri);
    if (uri === node.uri) return node;
    written.set(uri, node.uri);
    spans.push([node.span.start, node.span.end]);
    return { ...node, uri };
  }
  let copy: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(node)) {
    const next = withPublicUris(value, written, spans);
    if (next !== value) {
      copy ??= { ...(node as Record<string, unknown>) };
      copy[key] = next;
    }
  }
  return (copy ?? node) as T;
}
