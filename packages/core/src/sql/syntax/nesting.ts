import type { SqlToken } from './token.ts';
import * as t from './token-types.ts';

/** Levels of the syntax tree that the stages after the parser have to bear; they may recurse. */
export const DEPTH_MAX = 200;
/** Brackets and CASE that may be open at once: the grammar recurses over them, so this is checked before it runs. */
const BRACKETS_MAX = 60;
const PREFIXES_MAX = 60;

/** The token at which a text nests deeper than the grammar can read without fear for the stack; undefined when it is fine. */
export function tooDeepToken(tokens: readonly SqlToken[]): SqlToken | undefined {
  let open = 0;
  let prefixes = 0;
  for (const token of tokens) {
    const type = token.tokenType;
    if (type === t.LParen || type === t.LBracket || type === t.K.CASE || type === t.K.EXPLAIN) open++;
    else if (type === t.RParen || type === t.RBracket || type === t.K.END) open = Math.max(0, open - 1);
    prefixes = type === t.Minus || type === t.Plus || type === t.K.NOT || type === t.Less ? prefixes + 1 : 0;
    if (open > BRACKETS_MAX || prefixes > PREFIXES_MAX) return token;
  }
  return undefined;
}

/** Whether a tree has more than `max` nodes on one path. Walks without recursion, so that it can judge any tree. */
export function isDeeper(root: object, max: number): boolean {
  const nodes: object[] = [root];
  const depths: number[] = [1];
  while (nodes.length > 0) {
    const node = nodes.pop() as object;
    const depth = depths.pop() as number;
    if (depth > max) return true;
    for (const key in node) {
      const child = (node as Record<string, unknown>)[key];
      if (typeof child !== 'object' || child === null || key === 'span') continue;
      nodes.push(child);
      depths.push('span' in child ? depth + 1 : depth);
    }
  }
  return false;
}
