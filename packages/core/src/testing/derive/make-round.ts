import type { Row, Value } from '../../protocol/query.ts';
import type { DataSchema } from '../../protocol/studio/testing.ts';
import type { Random } from '../../values/generate/random.ts';
import type { ColumnPlace, ScriptEvidence, TimeSpan } from '../infer/evidence.ts';
import type { Candidates } from './candidates.ts';

/** A source that derived rows are made for. */
export interface DerivedSource {
  readonly name: string;
  readonly schema: DataSchema;
  readonly columns: ReadonlyMap<string, Candidates>;
  /** Column of the event time; undefined: message time. */
  readonly timeColumn: string | undefined;
  /** Random rows that give the columns nobody asks about. */
  readonly samples: readonly Row[];
  /** A table: its rows stay as they are. */
  readonly isLookup: boolean;
  readonly keyColumns: readonly string[];
}

export interface RoundPlan {
  readonly sources: readonly DerivedSource[];
  readonly evidence: ScriptEvidence;
  readonly startAt: number;
  readonly random: Random;
  readonly round: number;
}

/** Windows of one round. */
const SLOTS = 6;
const DEFAULT_SPAN: TimeSpan = { kind: 'window', ms: 60_000 };
/** Further behind than any sensible lateness. */
const LATE_SLOTS = 50;

/** One round of rows by source, in the order in which they arrive. They lie within `startAt` and the returned end. */
export function makeRound(plan: RoundPlan): { rows: Map<string, Row[]>; endAt: number } {
  const spans = plan.evidence.spans.length > 0 ? plan.evidence.spans : [DEFAULT_SPAN];
  const span = spans[plan.round % spans.length] as TimeSpan;
  const slotMs = Math.max(10, span.kind === 'window' ? span.ms : span.ms * 4);
  const firstAt = Math.ceil(plan.startAt / slotMs) * slotMs;
  const rows = new Map<string, Row[]>(plan.sources.filter((s) => !s.isLookup).map((s) => [s.name, []]));
  for (let slot = 0; slot < SLOTS; slot++)
    for (const source of plan.sources)
      if (!source.isLookup) rows.get(source.name)?.push(...slotRows(plan, source, { span, slotMs, at: firstAt + slot * slotMs, slot }));
  return { rows, endAt: firstAt + (SLOTS + 1) * slotMs };
}

interface Slot {
  readonly span: TimeSpan;
  readonly slotMs: number;
  readonly at: number;
  readonly slot: number;
}

/** What the rows of one group have in common: keys, and a level that moves their sums. */
interface Group {
  readonly keys: ReadonlyMap<string, Value>;
  readonly level: ReadonlyMap<string, Value>;
  readonly size: number;
}

function slotRows(plan: RoundPlan, source: DerivedSource, s: Slot): Row[] {
  const { random } = plan;
  const rows: Row[] = [];
  const groups = [0, 1, 2].map((g) => makeGroup(plan, source, s.slot * 3 + g));
  for (const [g, group] of groups.entries()) {
    const times = timesOf(s, g, group.size, source === plan.sources.find((x) => !x.isLookup));
    for (const time of times) rows.push(makeRow(plan, source, group, time));
  }
  rows.sort((a, b) => timeOfRow(a, source) - timeOfRow(b, source));
  const last = rows.at(-1);
  if (!last) return rows;
  // Rows behind the last one, still in its window; a repeated one; some that come when their window is long closed.
  const behind = timeOfRow(last, source) - 1;
  for (const group of groups) rows.push(retimed(makeRow(plan, source, group, 0), source, behind));
  rows.push(retimed({ ...last }, source, behind));
  if (random.next() < 0.5) rows.push(retimed({ ...last }, source, timeOfRow(last, source)));
  if (s.slot < SLOTS - 1) return rows;
  for (const group of groups) rows.push(retimed(makeRow(plan, source, group, 0), source, s.at - LATE_SLOTS * s.slotMs));
  rows.push(retimed({ ...last }, source, s.at - LATE_SLOTS * s.slotMs));
  return rows;
}

/** Both edges of a window; gaps of exactly a session's and one more; partners within and beyond the bounds of a join. */
function timesOf({ span, slotMs, at, slot }: Slot, group: number, size: number, isFirst: boolean): number[] {
  const spread = (n: number): number[] => Array.from({ length: n }, (_, i) => at + 1 + Math.floor(((slotMs - 3) * (i + 1)) / (n + 1)));
  if (span.kind === 'session')
    return [at + group, at + group + span.ms, at + group + 2 * span.ms + 1, ...spread(0)].slice(0, Math.max(3, Math.min(size, 3)));
  if (span.kind === 'join') {
    const base = at + group;
    // In every third slot the other side comes too late for the bounds.
    if (!isFirst && slot % 3 === 1) return [base + span.ms * 3 - 1];
    return [base, base + Math.floor(span.ms / 2)].slice(0, Math.max(1, Math.min(2, size)));
  }
  if (group === 0) return [at, ...spread(Math.max(0, size - 2)), at + slotMs - 1];
  return spread(size);
}

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random.next() * list.length)] as T;

function makeGroup(plan: RoundPlan, source: DerivedSource, number: number): Group {
  const { random, evidence } = plan;
  const keys = new Map<string, Value>();
  for (const name of source.keyColumns) keys.set(name, keyValue(plan, source, name, number));
  const level = new Map<string, Value>();
  const isSteady = random.next() < 0.7;
  for (const [name, c] of source.columns)
    if (!keys.has(name) && isSteady && isNumber(c) && c.values.length > 0) level.set(name, pick(c.values, random));
  const sizes = [1, 2, 3, ...evidence.sizes.flatMap((n) => [Math.max(1, n - 1), n, n + 1])];
  return { keys, level, size: pick(sizes, random) };
}

const isNumber = ({ field }: Candidates): boolean => field.type === 'integer' || field.type === 'decimal' || field.type === 'float';

/** Keys of a join: most are shared by all sides, some are known to one side alone. */
function keyValue(plan: RoundPlan, source: DerivedSource, name: string, number: number): Value {
  const { random } = plan;
  const c = source.columns.get(name);
  if (!c) return null;
  const at: ColumnPlace = { source: source.name, column: name };
  const joined = plan.evidence.joins.some((j) => same(j.child, at) || same(j.parent, at));
  // Two groups of each round have no key.
  if (c.nullable && !joined && number % 9 === 5) return null;
  // Nothing in the SQL tells values apart: those of the generated rows serve.
  if (c.values.length === 0) return (source.samples[number % Math.max(1, source.samples.length)]?.[name] as Value | undefined) ?? null;
  // Row groups of one number meet across sources: the same key, the same slot.
  if (joined && random.next() < 0.25) return alone(c, plan.sources.indexOf(source));
  return c.values[number % Math.min(c.values.length, joined ? 4 : 8)] as Value;
}

const same = (a: ColumnPlace, b: ColumnPlace): boolean => a.source === b.source && a.column === b.column;

/** A key that no other source uses. */
const alone = ({ field }: Candidates, source: number): Value =>
  field.type === 'string' || field.type === 'uuid'
    ? `only-in-${source}`
    : field.type === 'integer'
      ? 900_000 + source
      : `${900_000 + source}.${'0'.repeat(field.scale ?? 2)}`;

function makeRow(plan: RoundPlan, source: DerivedSource, group: Group, time: number): Row {
  const { random } = plan;
  const row: Record<string, Value> = { ...(source.samples.length > 0 ? pick(source.samples, random) : {}) };
  for (const [name, c] of source.columns) {
    if (group.keys.has(name)) row[name] = group.keys.get(name) as Value;
    else if (c.nullable && random.next() < 0.15) row[name] = null;
    else if (group.level.has(name) && random.next() < 0.9) row[name] = group.level.get(name) as Value;
    else if (c.values.length > 0 && random.next() < 0.85) row[name] = pick(c.values, random);
  }
  return retimed(row, source, time);
}

function retimed(row: Row, { timeColumn }: DerivedSource, time: number): Row {
  if (timeColumn !== undefined) return { ...row, [timeColumn]: time };
  const copy = { ...row };
  Object.defineProperty(copy, '_timestamp', { value: time, enumerable: false });
  return copy;
}

/** Event time of a row. */
export function timeOfRow(row: Row, { timeColumn }: Pick<DerivedSource, 'timeColumn'>): number {
  return Number(timeColumn === undefined ? (row as { readonly _timestamp?: number })._timestamp : row[timeColumn]) || 0;
}
