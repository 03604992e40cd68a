import type { Expr } from '../../../sql/bind/expression.ts';
import type { Column } from '../../../values/column.ts';
import type { AggregatePlan, GeneralAggregate, MomentSet } from '../../aggregates/aggregate-plan.ts';
import type { Unchanged } from '../../aggregates/unchanged.ts';
import type { Frame } from '../frame.ts';
import type { CompileEnv } from '../interpret.ts';
import { Code, type PendingWarnings } from './code.ts';
import { type ColumnShape, columnReader } from './column-code.ts';
import { emit } from './emit.ts';
import { emitResults, type ResultForm } from './result-source.ts';
import { unsafe } from './typed-result.ts';
import { nullOf, scalarCode, type Value } from './value.ts';

/** How the loop finds the id of a key. `shift`: rows before the first of the key columns; `nullable`: by key column. */
export type KeyForm =
  | { readonly kind: 'none' }
  /** One dictionary column: ids by code. */
  | { readonly kind: 'codes'; readonly shift: number; readonly nullable: readonly boolean[] }
  /** Doubles and dictionary codes: a cache by value. */
  | { readonly kind: 'cached'; readonly shift: number; readonly nullable: readonly boolean[] }
  | { readonly kind: 'lookup' };

export interface AggregateSourceOptions {
  readonly plan: AggregatePlan;
  readonly shapes: ReadonlyMap<number, ColumnShape>;
  readonly keys: KeyForm;
  /** Only rows for which this is true count; null: all. */
  readonly where: Expr | null;
  /** Rows belong to panes by their event time. */
  readonly windowed: boolean;
  /** Each row emits its group; with the row as it was before, or without. */
  readonly changes: 'none' | 'upsert' | 'retract';
  /** An update that leaves the row as it was is not told. */
  readonly quiet: Unchanged | null;
  /** What is remembered of a group's last row. */
  readonly touches: { readonly eventTime: boolean; readonly timestamp: boolean; readonly headers: boolean };
  readonly frame: Frame;
  readonly env: CompileEnv;
}

export interface AggregateSource {
  readonly source: string;
  readonly constants: readonly unknown[];
  readonly warnings: PendingWarnings;
  /** Forms of the result columns, for `changes`. */
  readonly results: readonly ResultForm[];
}

/**
 * Source of the loop that brings the rows of a batch into their groups; null for a predicate that may fail on a row. The names it uses of `s` are those of `KernelState`.
 */
export function aggregateSource(o: AggregateSourceOptions): AggregateSource | null {
  const code = new Code(o.env, o.frame, '{ bailed = true; break rows; }');
  const columns = columnReader(code, o.shapes);
  const results: ResultForm[] = [];
  if (o.where !== null) {
    const test = testOf(emit(o.where, code, columns));
    if (code.mayThrow) return null;
    code.add(`if (!(${test})) { dropped++; continue; }`);
  }
  if (o.windowed)
    code.add(
      `${RARE}const t = times[i];\nif (!(t >= lo && t < hi)) { if (!s.enter(t, i)) continue; slots = s.slots; direct = s.direct; lo = s.lo; hi = s.hi; last = s.last; groups = s.groups; }${END}`,
    );
  const inputs = o.plan.inputs.map((input): Value => emit(input, code, columns));
  // Whatever leaves the fast way for its type does so before a group is made for it.
  for (const set of o.plan.sets) {
    const arg = set.arg < 0 || set.form === 'counted' ? null : inputs[set.arg]!;
    if (arg?.rep === 'any') code.add(`if (typeof ${arg.code} === 'bigint') ${code.bail}`);
  }
  emitGroup(o, code);
  code.add(`const a = g * ${o.plan.stride};`);
  const sets = o.plan.sets.map((set, k) => emitChecks(set, inputs, { index: k, emits: o.changes !== 'none' }, code));
  if (o.changes === 'retract') emitResults(o, { op: 1, when: 'fresh < 0' }, results, code);
  o.plan.generals.forEach((general, k) => {
    emitGeneral(general, k, inputs, code);
  });
  o.plan.sets.forEach((set, k) => {
    emitUpdate(set, sets[k]!, code);
  });
  emitTouches(o, code);
  if (o.changes !== 'none') {
    code.add('s.rows[g]++;');
    emitResults(o, { op: 2, when: null }, results, code);
    if (o.quiet !== null && o.changes === 'retract') code.add(`if (fresh < 0 && ${code.constant(o.quiet.takeBack)}(out, m - 1)) m -= 2;`);
  }
  return { source: wrap(o, code), constants: code.constants, warnings: code.warnings, results };
}

/**
 * Around what a row does not need whose group is known by the code of its key: such rows have a loop without calls, so that what is
 * read of arrays before a row stays known behind it (a third of the loop's time).
 */
const RARE = '/*<*/';
const END = '/*>*/';
const RARE_PARTS = /\/\*<\*\/[\s\S]*?\/\*>\*\//g;

/** Whether groups are found by the code of the key alone. */
const isByCode = ({ keys, changes }: AggregateSourceOptions): boolean => keys.kind === 'codes' && changes === 'none';

/** `g`, the group of the row; what leads to it is looked up by code alone where a row says nothing else of its key. */
function emitGroup(o: AggregateSourceOptions, code: Code): void {
  const find = (): void => {
    emitKey(o.keys, code);
    code.add(`${byCode ? '' : 'let '}g = (direct !== null && key < direct.length ? direct[key] : s.find(key)) - 1;`);
    code.add('if (g < 0) { g = fresh = s.add(key, base + i); slots = s.slots; direct = s.direct; last = s.last; groups = s.groups; }');
  };
  const byCode = isByCode(o);
  if (!byCode) {
    find();
    return;
  }
  code.add(RARE);
  code.add(groupByCode(o.keys));
  code.block('if (g < 0)', () => {
    find();
    code.add('if (code >= 0 && code < groups.length) groups[code] = g + 1;');
  });
  code.add(END);
}

function groupByCode(keys: KeyForm): string {
  // `isByCode` has seen that they are codes.
  const { shift, nullable } = keys as Extract<KeyForm, { kind: 'codes' }>;
  const at = rowOf({ shift });
  return `const code = ${nullable[0] === true ? `p0[${at}] === 1 ? -1 : ` : ''}q0[${at}];
let g = code >= 0 && code < groups.length ? groups[code] - 1 : -1;`;
}

/** Row of the key columns that row `i` of the batch has. */
const rowOf = ({ shift }: { readonly shift: number }): string => (shift > 0 ? 'i - shift' : 'i');

function emitKey(keys: KeyForm, code: Code): void {
  switch (keys.kind) {
    case 'none':
      code.add('const key = 0;');
      return;
    case 'lookup':
      code.mayThrow = true;
      code.add('const key = s.keyOf(i);');
      return;
    case 'codes': {
      const at = rowOf(keys);
      const known = keys.nullable[0] === true ? `p0[${at}] === 1 ? -1 : ids[q0[${at}]] - 1` : `ids[q0[${at}]] - 1`;
      code.add(`let key = ${known};\nif (key < 0) key = s.keyOf(i);`);
      return;
    }
    case 'cached':
      emitCachedKey(keys, code);
  }
}

/** Odd multipliers, so that columns with the same values do not cancel out. */
const MULTIPLIERS = ['0x9e3779b1', '0x85ebca6b', '0xc2b2ae35', '0x27d4eb2f'];

function emitCachedKey(keys: Extract<KeyForm, { kind: 'cached' }>, code: Code): void {
  const at = rowOf(keys);
  const values = keys.nullable.map((_, k) => {
    code.add(`const y${k} = q${k}[${at}];`);
    return `y${k}`;
  });
  const nulls = keys.nullable.flatMap((nullable, k) => (nullable ? [`p${k}[${at}] === 1`] : []));
  const hash = values.map((value, k) => `Math.imul(${value}, ${MULTIPLIERS[k % MULTIPLIERS.length]})`).join(' ^ ');
  code.add(`let h = ${hash}; h = (h ^ (h >>> 15)) & mask;`);
  const same = values.map((value, k) => `v${k}[h] === ${value}`).join(' && ');
  const remember = `ids[h] = key + 1; ${values.map((value, k) => `v${k}[h] = ${value};`).join(' ')}`;
  const present = nulls.length === 0 ? null : `!(${nulls.join(' || ')})`;
  code.add(`let key = ${present === null ? '' : `${present} && `}${same} ? ids[h] - 1 : -1;`);
  code.add(`if (key < 0) { key = s.keyOf(i); ${present === null ? remember : `if (${present}) { ${remember} }`} }`);
}

/** What a set needs of a row, in locals that were checked before anything changed. */
interface SetCode {
  /** Condition under which the row counts; null: always. */
  readonly when: string | null;
  readonly value: string;
  /** The sum that was checked, for exact sums. */
  readonly sum: string | null;
}

function emitChecks(set: MomentSet, inputs: readonly Value[], o: { readonly index: number; readonly emits: boolean }, code: Code): SetCode {
  const arg = set.arg < 0 ? null : inputs[set.arg]!;
  const conditions = [filterTest(set.filter, inputs), arg === null || nullOf(arg) === null ? null : `!(${nullOf(arg)})`].filter(
    (c) => c !== null,
  );
  const when = conditions.length === 0 ? null : conditions.join(' && ');
  if (arg === null || set.form === 'counted') return { when, value: '0', sum: null };
  const value = arg.code;
  if (set.form === 'float') return { when, value, sum: null };
  const given = when === null ? '' : `${when} && `;
  let sum: string | null = null;
  if (set.sum >= 0) {
    sum = `sum${o.index}`;
    code.add(`const ${sum} = slots[a + ${set.sum}] + ${value};\nif (${given}${unsafe(sum)}) ${code.bail}`);
  }
  // What is beyond 2^53 is NaN in its slot; sums only matter to rows that count, unless each row emits the group.
  for (const slot of [set.min, set.max, o.emits ? set.sum : -1])
    if (slot >= 0) code.add(`if (slots[a + ${slot}] !== slots[a + ${slot}]) ${code.bail}`);
  return { when, value, sum };
}

const filterTest = (filter: number, inputs: readonly Value[]): string | null => (filter < 0 ? null : testOf(inputs[filter]!));

/** Condition under which a value is true. */
function testOf(value: Value): string {
  if (value.rep === 'any') return `${value.code} === true`;
  return value.isNull === null ? value.code : `!(${value.isNull}) && ${value.code}`;
}

function emitUpdate(set: MomentSet, { when, value, sum }: SetCode, code: Code): void {
  const update = (): void => {
    const n = code.fresh('n');
    code.add(`const ${n} = slots[a + ${set.count}] + 1; slots[a + ${set.count}] = ${n};`);
    let total = sum;
    if (set.sum >= 0 && set.form !== 'counted') {
      if (total === null) {
        total = code.fresh('s');
        code.add(`const ${total} = slots[a + ${set.sum}] + ${value};`);
      }
      code.add(`slots[a + ${set.sum}] = ${total};`);
    }
    if (set.m2 >= 0) {
      const d = code.fresh('d');
      code.add(`if (${n} > 1) { const ${d} = ${n} * ${value} - ${total}; slots[a + ${set.m2}] += (${d} * ${d}) / (${n} * (${n} - 1)); }`);
    }
    const isFloat = set.form === 'float';
    if (set.min >= 0)
      code.add(
        `if (${value} < slots[a + ${set.min}]${isFloat ? ` || slots[a + ${set.min}] !== slots[a + ${set.min}]` : ''}) slots[a + ${set.min}] = ${value};`,
      );
    if (set.max >= 0)
      code.add(`if (${value} > slots[a + ${set.max}]${isFloat ? ` || ${value} !== ${value}` : ''}) slots[a + ${set.max}] = ${value};`);
  };
  if (when === null) code.block('', update);
  else code.block(`if (${when})`, update);
}

function emitGeneral(general: GeneralAggregate, k: number, inputs: readonly Value[], code: Code): void {
  const args = general.args.map((arg) => inputs[arg]!);
  const nulls = general.keepsNulls ? [] : args.map(nullOf).filter((c): c is string => c !== null);
  const conditions = [filterTest(general.filter, inputs), nulls.length === 0 ? null : `!(${nulls.join(' || ')})`].filter((c) => c !== null);
  const { accumulator } = general;
  const time = 'times === null ? NaN : times[i]';
  const row = args.length === 1 && accumulator.addValue !== undefined ? null : `{ eventTime: ${time}, sequence: base + i }`;
  const add = code.callable((row === null ? accumulator.addValue! : accumulator.add).bind(accumulator) as (...args: never[]) => unknown);
  code.block(conditions.length === 0 ? '' : `if (${conditions.join(' && ')})`, () => {
    code.add(`const list = s.states[${k}];`);
    const values = args.map(scalarCode).join(', ');
    code.add(`list[g] = ${add}(list[g], ${row === null ? values : `[${values}], ${row}`});`);
  });
}

function emitTouches({ touches }: AggregateSourceOptions, code: Code): void {
  if (touches.eventTime) code.add(`${RARE}const seen = last.eventTimes;${END}\nseen[g] = times[i];`);
  if (touches.timestamp) code.add(`${RARE}const taken = last.timestamps;${END}\ntaken[g] = stamps[i];`);
  if (touches.headers) code.add('last.headers[g] = batch.meta.headers === null ? null : batch.meta.headers[i];');
}

function wrap(o: AggregateSourceOptions, code: Code): string {
  const body = code.takeLines();
  const perRow = [
    'fresh = -1;',
    code.usesFrame ? 'frame.row = i;' : '',
    o.changes === 'none' ? '' : 'mark = m;',
    code.countsZero ? 'zeros = dz;' : '',
    code.mayThrow ? 'warnings.startRow();' : '',
  ].join(' ');
  const rest = `for (; i < end; i++) {\n${perRow}\n${body}\n}`;
  const loop = isByCode(o)
    ? `rows: while (i < to) {
{
const slots = s.slots, groups = s.groups, lo = s.lo, hi = s.hi, seen = last?.eventTimes, taken = last?.timestamps;
for (; i < to; i++) {
${perRow}
${o.windowed ? 'const t = times[i];\nif (!(t >= lo && t < hi)) break;' : ''}
${groupByCode(o.keys)}
if (g < 0) break;
${body.replace(RARE_PARTS, '')}
}
}
const end = Math.min(to, i + 1);
${rest}
}`
    : `const end = to;\nrows: ${rest}`;
  const cache =
    o.keys.kind === 'cached'
      ? `const mask = s.cache.mask, ids = s.cache.ids${o.keys.nullable.map((_, k) => `, v${k} = s.cache.values[${k}]`).join('')};`
      : '';
  // Constants stand in the prologue: they are named before it is written out.
  const frame = code.usesFrame ? `const frame = ${code.constant(code.frame)};` : '';
  const rows = code.mayThrow ? guarded(loop, code) : loop;
  const zeros = code.countsZero
    ? `if (bailed) dz = zeros;\nfor (; dz > 0; dz--) ${code.constant((): void => code.warnings.add('division-by-zero'))}();`
    : '';
  return `return function (batch, from, to, s) {
${o.keys.kind === 'codes' || o.keys.kind === 'cached' ? declared(o.keys) : ''}
${code.prologue.join('\n')}
${frame}
${cache}
${o.keys.kind === 'codes' ? 'const ids = s.ids;' : ''}
const times = batch.meta.eventTime, stamps = batch.meta.timestamp, base = s.sequence - from, out = s.out;
let slots = s.slots, direct = s.direct, lo = s.lo, hi = s.hi, last = s.last, groups = s.groups;
let i = from, m = 0, mark = 0, bailed = false, fresh = -1, dz = 0, zeros = 0, dropped = 0;
${rows}
${code.mayThrow ? 'if (bailed) warnings.takeBackRow();' : ''}
${zeros}
s.count = m;
s.dropped = dropped;
return i;
};`;
}

const declared = ({ shift, nullable }: Extract<KeyForm, { kind: 'codes' | 'cached' }>): string =>
  [
    ...nullable.map(
      (isNullable, k) => `const q${k} = s.keys.columns[${k}].values${isNullable ? `, p${k} = s.keys.columns[${k}].nulls` : ''};`,
    ),
    shift > 0 ? 'const shift = s.keys.offset;' : '',
  ].join('\n');

/** A row that throws leaves no new group behind, is reported, and left out. */
const guarded = (loop: string, code: Code): string => `const warnings = ${code.constant(code.warnings)};
while (i < to && !bailed) {
try {
${loop}
} catch (error) {
if (fresh >= 0) s.undo(fresh);
fresh = -1;
m = mark;
s.failed(i, error);
i++;
}
}`;

/** Form of the keys for the lanes of their columns. */
export function keyFormOf(columns: readonly Column[], shift: number): KeyForm {
  if (columns.length === 0) return { kind: 'none' };
  if (columns.some((column) => column.lane !== 'dict' && column.lane !== 'f64')) return { kind: 'lookup' };
  const nullable = columns.map((column) => column.nulls !== null);
  return { kind: columns.length === 1 && columns[0]!.lane === 'dict' ? 'codes' : 'cached', shift, nullable };
}
