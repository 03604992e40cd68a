import type { ColumnRef } from './column-facts.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import { stem } from './stem.ts';

/** One way to match rows of two relations. */
export interface JoinEdge {
  readonly left: ColumnRef;
  readonly right: ColumnRef;
  readonly score: number;
}

const NOT_KEYS =
  /^(ts|timestamp|time|date|name|status|type|value|amount|price|quantity|created_at|updated_at|event_time|at|description|level|total|version|state|currency|unit)$/;

const sameKind = (a: ColumnRef, b: ColumnRef): boolean => a.kind === b.kind;

function scorePair(a: TableFacts, left: ColumnRef, b: TableFacts, right: ColumnRef): number {
  if (!sameKind(left, right) || left.kind === 'time' || left.kind === 'boolean' || left.kind === 'other') return 0;
  const leftKey = a.schema.key?.includes(left.name) ?? false;
  const rightKey = b.schema.key?.includes(right.name) ?? false;
  if (left.name === right.name) {
    if (left.name === 'id') return leftKey && rightKey ? 0.2 : 0;
    if (rightKey && b.isTable) return 1;
    if (leftKey && a.isTable) return 0.98;
    if (left.isId || leftKey || rightKey) return left.words.length > 1 || rightKey ? 0.9 : 0.6;
    return NOT_KEYS.test(left.name) || left.kind === 'number' ? 0 : 0.55;
  }
  const noun = b.noun.map(stem).join(' ');
  const head = left.words.slice(0, -1).map(stem).join(' ');
  const last = left.words.at(-1) ?? '';
  if (
    (right.name === 'id' || (rightKey && right.isId) || rightKey) &&
    head !== '' &&
    noun.endsWith(head) &&
    /^(id|key|code|no|number|ref)$/.test(last)
  )
    return 0.95;
  const core = right.words.filter((w) => !/^(id|key|no|nr|num|number|code|ref)$/.test(w)).join(' ');
  // `from_account` → `accounts.account_no`; the sender before the receiver.
  if (rightKey && core !== '' && left.words.at(-1) === core && left.words.length === 2)
    return /^(from|source|src|sender|origin|payer)$/.test(left.words[0] ?? '') ? 0.8 : 0.75;
  if (rightKey && left.words.map(stem).join(' ') === noun) return 0.85;
  if (rightKey && left.words.join('_').endsWith(`_${right.name}`) && left.words.length > right.words.length && !NOT_KEYS.test(right.name))
    return 0.7;
  return 0;
}

/** Best key between two relations. */
export function joinEdge(a: TableFacts, b: TableFacts): JoinEdge | undefined {
  let best: JoinEdge | undefined;
  for (const left of a.columns) {
    for (const right of b.columns) {
      const score = Math.max(scorePair(a, left, b, right), scorePair(b, right, a, left));
      if (score > (best?.score ?? 0.5)) best = { left, right, score };
    }
  }
  return best;
}

const paths = new WeakMap<Lexicon, Map<string, Map<string, readonly JoinEdge[]>>>();

/** Relations that can be reached from one, with the joins on the way; at most two. */
export function reachable(lexicon: Lexicon, from: string): Map<string, readonly JoinEdge[]> {
  const known = paths.get(lexicon) ?? new Map<string, Map<string, readonly JoinEdge[]>>();
  paths.set(lexicon, known);
  const cached = known.get(from);
  if (cached) return cached;
  const found = new Map<string, readonly JoinEdge[]>([[from, []]]);
  let frontier = [from];
  for (let hop = 0; hop < 2; hop++) {
    const next: string[] = [];
    for (const name of frontier) {
      const facts = lexicon.table(name);
      if (!facts) continue;
      for (const other of lexicon.tables) {
        if (found.has(other.name)) continue;
        const edge = joinEdge(facts, other);
        if (!edge || (hop === 1 && edge.score < 0.85)) continue;
        found.set(other.name, [...(found.get(name) ?? []), edge]);
        next.push(other.name);
      }
    }
    frontier = next;
  }
  known.set(from, found);
  return found;
}
