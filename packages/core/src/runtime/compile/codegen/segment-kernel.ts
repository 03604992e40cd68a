import type { Column } from '../../../values/column.ts';
import { type ColumnBuilder, columnBuilder } from '../../../values/column-builder.ts';
import type { RecordBatch } from '../../../values/record-batch.ts';
import type { SqlType } from '../../../values/types.ts';
import { type Frame, newFrame } from '../frame.ts';
import type { CompileEnv } from '../interpret.ts';
import { newFunction } from '../new-function.ts';
import type { Segment, SegmentKernel, SegmentObserver, SegmentResult } from '../segment.ts';
import { Code, type ColumnValues, type PendingWarnings } from './code.ts';
import { type ColumnShape, columnReader, shapeOf } from './column-code.ts';
import { emit } from './emit.ts';
import { scalarCode, type Value } from './value.ts';

/** What the generated function fills in. */
interface Run {
  count: number;
  /** First row that was not processed. */
  next: number;
  readonly selection: Int32Array;
  readonly values: readonly OutputArray[];
  readonly masks: readonly (Uint8Array | null)[];
  readonly eventTimes: Float64Array | null;
}

type OutputArray = Float64Array | Uint8Array | string[] | ColumnBuilder;
type Generated = (batch: RecordBatch, from: number, to: number, run: Run, observer: SegmentObserver) => void;

/** How a computed column leaves the loop. */
interface OutputForm {
  readonly lane: 'f64' | 'bool' | 'str' | 'boxed';
  readonly nullable: boolean;
  readonly type: SqlType;
}

/**
 * Generates the loop of a segment for the lanes of one batch. Rows that leave the safe integers stop it: the result covers the
 * rows before (`next`), and the caller goes on by other means.
 */
export function generateSegment(segment: Segment, batch: RecordBatch, used: readonly number[], env: CompileEnv): SegmentKernel {
  const frame = newFrame();
  const forms: OutputForm[] = [];
  const { source, constants, warnings } = segmentSource(segment, {
    shapes: new Map(used.map((c) => [c, shapeOf(batch.columns[c]!)])),
    frame,
    env,
    forms,
  });
  const generated = newFunction<Generated>(source)(constants);
  let selection = new Int32Array(0);
  return (input, from, to, observer) => {
    frame.batch = input;
    if (selection.length < to - from) selection = new Int32Array(to - from);
    const run = newRun(forms, selection, to - from, segment.setsEventTime);
    generated(input, from, to, run, observer);
    warnings.flush((reason) => env.context.warn(reason));
    return resultOf(run, forms);
  };
}

function newRun(forms: readonly OutputForm[], selection: Int32Array, rows: number, setsEventTime: boolean): Run {
  return {
    count: 0,
    next: 0,
    selection,
    values: forms.map((form) => outputArray(form, rows)),
    masks: forms.map((form) => (form.nullable && form.lane !== 'boxed' ? new Uint8Array(rows) : null)),
    eventTimes: setsEventTime ? new Float64Array(rows) : null,
  };
}

function outputArray({ lane, type }: OutputForm, rows: number): OutputArray {
  switch (lane) {
    case 'f64':
      return new Float64Array(rows);
    case 'bool':
      return new Uint8Array(rows);
    case 'str':
      return new Array<string>(rows).fill('');
    case 'boxed':
      return columnBuilder(type, { capacity: Math.max(1, rows) });
  }
}

function resultOf(run: Run, forms: readonly OutputForm[]): SegmentResult {
  const computed = forms.map((form, c): Column => {
    const values = run.values[c]!;
    if (form.lane === 'boxed') return (values as ColumnBuilder).finish();
    if (form.lane === 'str') (values as string[]).length = run.count;
    // Array and lane were made for each other by `outputArray`.
    return { lane: form.lane, values, nulls: run.masks[c]! } as Column;
  });
  return { count: run.count, next: run.next, selection: run.selection, computed, eventTimes: run.eventTimes, headers: null };
}

export interface SegmentSource {
  readonly source: string;
  readonly constants: readonly unknown[];
  readonly warnings: PendingWarnings;
}

interface SourceOptions {
  readonly shapes: ReadonlyMap<number, ColumnShape>;
  readonly frame: Frame;
  readonly env: CompileEnv;
  /** Filled with the forms of the computed outputs. */
  readonly forms: OutputForm[];
}

/** Source of the loop: names are made here, values of users are constants. */
export function segmentSource(segment: Segment, options: SourceOptions): SegmentSource {
  return branchlessSource(segment, options) ?? loopSource(segment, options, false)!;
}

/** Lines that rows which do not pass may cost at most. */
const WASTED_LINES_MAX = 8;

/**
 * A loop without a branch for its one filter: every row is calculated and written, and the place of the next one only moves when the row
 * passes. Where rows pass by chance, a branch costs the processor several times as much. Null where rows must not be calculated for
 * nothing: they may fail, warn, or leave the safe integers.
 */
function branchlessSource(segment: Segment, options: SourceOptions): SegmentSource | null {
  if (segment.setsEventTime || segment.stages.filter((stage) => stage.kind === 'filter').length !== 1) return null;
  const source = loopSource(segment, options, true);
  if (source === null) options.forms.length = 0;
  return source;
}

function loopSource(segment: Segment, { shapes, frame, env, forms }: SourceOptions, isBranchless: boolean): SegmentSource | null {
  const code = new Code(env, frame, '{ bailed = true; break rows; }');
  let keeps: string | null = null;
  let columns: ColumnValues = columnReader(code, shapes);
  let outputs: Value[] | null = null;
  segment.stages.forEach((stage, s) => {
    if (segment.stages.length > 1) code.add(`stage = ${s};`);
    const read = columns;
    if (stage.kind === 'filter') {
      const test = emit(stage.predicate, code, read);
      if (isBranchless) {
        if (test.rep !== 'bool') return;
        keeps = test.isNull === null ? test.code : `!(${test.isNull}) & ${test.code}`;
        return;
      }
      const holds = test.rep === 'any' ? `${test.code} === true` : test.isNull === null ? test.code : `!(${test.isNull}) && ${test.code}`;
      code.add(`if (!(${holds})) { dropped${s}++; continue; }`);
      return;
    }
    const values = stage.items.map((item) => (item.kind === 'column' ? read(item.index, item.type) : emit(item, code, read)));
    if (stage.eventTime !== null) emitEventTime(emit(stage.eventTime, code, read), code);
    outputs = values;
    columns = (index) => values[index]!;
    code.startStage();
  });
  if (isBranchless && (keeps === null || !isCheap(segment, outputs ?? [], code))) return null;
  emitOutputs(segment, outputs ?? [], code, forms);
  code.add(keeps === null ? 'selection[m++] = i;' : `selection[m] = i; m += (${keeps}) | 0;`);
  if (segment.setsEventTime) code.add('eventTimes[m - 1] = time === time ? time : given === null ? NaN : given[i];');
  return { source: wrap(segment, code, isBranchless), constants: code.constants, warnings: code.warnings };
}

function emitEventTime(value: Value, code: Code): void {
  const scalar = code.fresh('t');
  code.add(`const ${scalar} = ${scalarCode(value)};`);
  code.add(`if (typeof ${scalar} === 'number') { time = ${scalar}; frame.eventTime = time; }`);
  code.usesFrame = true;
}

function emitOutputs(segment: Segment, values: readonly Value[], code: Code, forms: OutputForm[]): void {
  segment.outputs.forEach((output, at) => {
    if (output.kind === 'column') return;
    const value = values[at]!;
    const o = forms.length;
    const form = formOf(value, output.type);
    forms.push(form);
    code.prologue.push(`const o${o} = run.values[${o}];`);
    if (form.lane === 'boxed') {
      // A builder takes each value once, so nothing may stop the row after it.
      code.add(`o${o}.append(${scalarCode(value)});`);
      return;
    }
    if (value.rep === 'any') return;
    if (value.isNull !== null) {
      code.prologue.push(`const m${o} = run.masks[${o}];`);
      code.add(`if (${value.isNull}) { m${o}[m] = 1;${form.lane === 'str' ? ` o${o}[m] = '';` : ''} } else`);
    }
    code.add(
      `o${o}[m] = ${value.rep === 'dict' ? `${value.dictionary}.at(${value.code})` : value.rep === 'bool' ? `${value.code} ? 1 : 0` : value.code};`,
    );
  });
}

/** Whether rows may be calculated that are then left out. */
function isCheap(segment: Segment, outputs: readonly Value[], code: Code): boolean {
  const computed = outputs.filter((_, at) => segment.outputs[at]!.kind === 'computed');
  const isPlain = computed.every((value) => (value.rep === 'num' || value.rep === 'bool') && value.isNull === null);
  return isPlain && !code.mayThrow && !code.countsZero && !code.usesFrame && code.isStraight(WASTED_LINES_MAX);
}

/** The lane follows the type, not the representation, so that a column of another type never gets numbers by chance. */
function formOf(value: Value, type: SqlType): OutputForm {
  const nullable = value.rep === 'any' || value.isNull !== null;
  const lane = value.rep === 'num' ? 'f64' : value.rep === 'bool' ? 'bool' : value.rep === 'any' ? 'boxed' : 'str';
  return { lane: fits(lane, type) ? lane : 'boxed', nullable, type };
}

function fits(lane: OutputForm['lane'], type: SqlType): boolean {
  switch (type.kind) {
    case 'boolean':
      return lane === 'bool';
    case 'string':
      return lane === 'str';
    case 'integer':
    case 'decimal':
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return lane === 'f64';
    default:
      return false;
  }
}

function wrap(segment: Segment, code: Code, isBranchless: boolean): string {
  const body = code.takeLines();
  const filters = segment.stages.flatMap((stage, s) => (stage.kind === 'filter' ? [s] : []));
  const perRow = [
    code.usesFrame ? 'frame.row = i;' : '',
    segment.setsEventTime ? 'time = NaN; frame.eventTime = NaN;' : '',
    code.countsZero ? 'zeros = dz;' : '',
    code.mayThrow ? 'warnings.startRow();' : '',
  ].join(' ');
  const loop = `rows: for (; i < to; i++) {\n${perRow}\n${body}\n}`;
  const frame = code.usesFrame || segment.setsEventTime ? `const frame = ${code.constant(code.frame)};` : '';
  const warnings = code.mayThrow ? `const warnings = ${code.constant(code.warnings)};` : '';
  const count = `${code.mayThrow ? 'if (bailed) warnings.takeBackRow();' : ''}
${code.countsZero ? `if (bailed) dz = zeros;\nfor (; dz > 0; dz--) ${code.constant((): void => code.warnings.add('division-by-zero'))}();` : ''}`;
  return `return function (batch, from, to, run, observer) {
${code.prologue.join('\n')}
${frame}
${warnings}
const selection = run.selection, eventTimes = run.eventTimes, given = batch.meta.eventTime;
let i = from, m = 0, bailed = false, stage = 0, time = NaN, dz = 0, zeros = 0;
${filters.map((s) => `let dropped${s} = 0;`).join(' ')}
${code.mayThrow ? guarded(loop) : loop}
${count}
run.count = m;
run.next = i;
${filters.map((s) => `observer.dropped[${s}] += ${isBranchless ? 'i - from - m' : `dropped${s}`};`).join('\n')}
};`;
}

/** A row that throws is reported and left out; the loop goes on behind it. */
const guarded = (loop: string): string => `while (i < to && !bailed) {
try {
${loop}
} catch (error) {
observer.failed(batch, i, stage, error);
i++;
}
}`;
