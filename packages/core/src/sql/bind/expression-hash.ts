import type { Expr } from './expression.ts';
import { childrenOf } from './expression-tree.ts';

const hashes = new WeakMap<Expr, number>();

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193);

function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

/** A number that equal expressions share; different ones rarely do. Remembered for `e`, not for its parts. */
export function exprHash(e: Expr): number {
  const known = hashes.get(e);
  if (known !== undefined) return known;
  const hash = hashOf(e);
  hashes.set(e, hash);
  return hash;
}

function hashOf(e: Expr): number {
  let hash = mix(textHash(e.kind), ownHash(e));
  for (const child of childrenOf(e)) hash = mix(hash, hashOf(child));
  return hash;
}

/** What is a node's own, as far as it is quickly told. */
function ownHash(e: Expr): number {
  switch (e.kind) {
    case 'column':
      return e.index;
    case 'literal':
      return textHash(String(e.value));
    case 'system':
      return textHash(e.name);
    case 'arithmetic':
    case 'compare':
      return textHash(e.op);
    case 'call':
      return textHash(e.fn.name);
    case 'cast':
      return textHash(e.type.kind);
    default:
      return 0;
  }
}
