import type { BoundFrom, BoundQuery, BoundSelect, BoundWindow } from '../sql/bind/bound.ts';

/** The selects of a query that stand on top of one another, the outermost first. */
function* selects(query: BoundQuery): Generator<BoundSelect> {
  if (query.kind === 'union') for (const arm of query.arms) yield* selects(arm);
  if (query.kind !== 'select') return;
  yield query;
  if (query.from !== null) yield* inFrom(query.from);
}

function* inFrom(from: BoundFrom): Generator<BoundSelect> {
  if (from.kind === 'derived') yield* selects(from.query);
  if (from.kind === 'join') {
    yield* inFrom(from.left);
    yield* inFrom(from.right);
  }
}

export function windowOf(query: BoundQuery): BoundWindow | null {
  for (const select of selects(query)) if (select.group?.window != null) return select.group.window;
  return null;
}

export function windowMsOf(query: BoundQuery): number | null {
  const window = windowOf(query);
  if (window === null) return null;
  return window.kind === 'session' ? window.gapMs : window.sizeMs;
}

/**
 * How long a query may rightly put nothing out while rows come in, ms: for ever where a condition, a join or a session may hold every row back,
 * else as long as its windows take to close.
 */
export function quietMsOf(query: BoundQuery): number {
  if (query.kind === 'values') return 0;
  if (query.kind === 'union') return Math.min(...query.arms.map(quietMsOf));
  const { where, having, distinct, limit, group, emit } = query;
  if (where !== null || having !== null || distinct || limit !== null) return Number.POSITIVE_INFINITY;
  const below = query.from === null ? 0 : quietMsBelow(query.from);
  if (group === null) return below;
  const { window } = group;
  if (window === null ? emit === 'final' : window.kind === 'session') return Number.POSITIVE_INFINITY;
  // A window closes with the first row behind it, which may come a whole window later.
  return Math.max(below, window === null || window.kind === 'session' ? 0 : 2 * window.sizeMs);
}

function quietMsBelow(from: BoundFrom): number {
  if (from.kind === 'relation') return 0;
  if (from.kind === 'derived') return quietMsOf(from.query);
  const mayLackPartners = from.join === 'inner' || from.bounds !== null || from.window !== null;
  return mayLackPartners ? Number.POSITIVE_INFINITY : Math.max(quietMsBelow(from.left), quietMsBelow(from.right));
}

/** Output columns that hold a group key. */
export function groupColumnsOf(query: BoundQuery): readonly string[] {
  if (query.kind !== 'select' || query.group === null) return [];
  const names = new Map(query.key.map((k) => [k.name, true]));
  const { keys } = query.group;
  return query.items.flatMap((item) => {
    const isKey = item.expr.kind === 'column' && item.expr.index < keys.length;
    return isKey || names.has(item.name) ? [item.name] : [];
  });
}

const MINUTE = 60_000;

export function durationWords(ms: number): string {
  if (ms % 86_400_000 === 0) return `${ms / 86_400_000}-day`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000}-hour`;
  if (ms % MINUTE === 0) return `${ms / MINUTE}-min`;
  if (ms % 1000 === 0) return `${ms / 1000}-s`;
  return `${ms}-ms`;
}

/** What a query does, in a few words: `5-min tumble by symbol`, `join`, `filter`. */
export function verbOf(query: BoundQuery): string {
  if (query.kind === 'union') return `union of ${query.arms.length}`;
  if (query.kind === 'values') return 'values';
  const words: string[] = [];
  if (query.from?.kind === 'join') words.push(query.from.mode === 'temporal' ? 'temporal join' : `${joinWord(query.from.join)}join`);
  const group = query.group;
  if (group !== null) {
    const { window } = group;
    const by = groupColumnsOf(query);
    const what = window === null ? 'group' : windowWords(window);
    words.push(by.length === 0 ? what : `${what} by ${by.join(', ')}`);
  }
  if (query.over.length > 0) words.push('row window');
  if (query.limit !== null) words.push(query.orderBy.length > 0 ? `top ${query.limit.count}` : `first ${query.limit.count}`);
  if (query.distinct) words.push('distinct');
  if (words.length === 0) words.push(query.where !== null || query.having !== null ? 'filter' : 'select');
  return words.join(', ');
}

const joinWord = (join: string): string => (join === 'inner' ? '' : `${join} `);

function windowWords(window: BoundWindow): string {
  switch (window.kind) {
    case 'tumbling':
      return `${durationWords(window.sizeMs)} tumble`;
    case 'sliding':
      return `${durationWords(window.sizeMs)} slide every ${durationWords(window.advanceMs).replace('-', ' ')}`;
    case 'session':
      return `sessions of ${durationWords(window.gapMs).replace('-', ' ')}`;
  }
}
