import type { Expression, Statement } from '../../sql/ast/index.ts';
import { printExpression } from '../../sql/syntax/index.ts';
import type { ColumnUse } from './column-uses.ts';

type ColumnNode = Extract<Expression, { kind: 'column' }>;
type Node = Expression & { readonly kind: Exclude<Expression['kind'], 'error'> };

/**
 * Uses that the bound plan does not list because it calculates equal expressions once: `SUM(x)` in the select list and again in HAVING is
 * one aggregate there, but two places in the text. `seen` are the uses that it does list.
 */
export function repeatedUses(statement: Statement, seen: readonly ColumnUse[]): ColumnUse[] {
  const byStart = new Map(seen.flatMap((use) => (use.span === undefined ? [] : [[use.span.start, use] as const])));
  const composites: { readonly key: string; readonly leaves: readonly ColumnNode[] }[] = [];
  collect(statement, composites);
  const known = new Map<string, readonly ColumnNode[]>();
  for (const { key, leaves } of composites) if (leaves.every((leaf) => byStart.has(leaf.span.start))) known.set(key, leaves);
  const found: ColumnUse[] = [];
  for (const { key, leaves } of composites) {
    const model = known.get(key);
    if (model === undefined) continue;
    for (const [i, leaf] of leaves.entries()) {
      const use = byStart.get((model[i] as ColumnNode).span.start);
      if (use === undefined || byStart.has(leaf.span.start)) continue;
      const repeated = { ...use, span: leaf.span };
      byStart.set(leaf.span.start, repeated);
      found.push(repeated);
    }
  }
  return found;
}

const COMPOSITE: ReadonlySet<string> = new Set([
  'call',
  'binary',
  'unary',
  'case',
  'cast',
  'between',
  'in',
  'like',
  'is',
  'index',
  'field',
  'json-access',
  'array',
]);

/** Every expression that has columns below it, the outermost first. Aggregates count as equal whatever stands in their OVER. */
function collect(node: unknown, into: { readonly key: string; readonly leaves: readonly ColumnNode[] }[]): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node) && 'kind' in node && COMPOSITE.has(String(node.kind)) && 'span' in node) {
    const leaves = leavesOf(node);
    if (leaves.length > 0) into.push({ key: printExpression(node as Node, 'studio'), leaves });
  }
  for (const part of Array.isArray(node) ? node : Object.values(node)) collect(part, into);
}

function leavesOf(node: unknown, into: ColumnNode[] = []): ColumnNode[] {
  if (typeof node !== 'object' || node === null) return into;
  if (!Array.isArray(node) && 'kind' in node && node.kind === 'column' && 'path' in node) {
    into.push(node as ColumnNode);
    return into;
  }
  for (const part of Array.isArray(node) ? node : Object.values(node)) leavesOf(part, into);
  return into;
}
