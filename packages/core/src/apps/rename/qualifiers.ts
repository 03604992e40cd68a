/** Relations that columns below `node` are qualified by. */
export function qualifiersIn(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  if ('kind' in node && node.kind === 'column' && 'path' in node) {
    const path = node.path as readonly { readonly text: string }[];
    if (path.length > 1) found.add((path[0] as { readonly text: string }).text);
    return found;
  }
  for (const part of Array.isArray(node) ? node : Object.values(node)) qualifiersIn(part, found);
  return found;
}
