import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import { skippedText } from '../../engine/explain-silence.ts';
import type { Change, Row } from '../../protocol/query.ts';
import { holdsInstants, type TableSchema } from '../../protocol/table-schema.ts';
import { WAITING_METRICS } from '../../protocol/waiting-metrics.ts';
import { parseTimestamp } from '../../values/time-text.ts';
import { sameValue, show } from '../assert/operators.ts';
import { diffRows, diffText, isSame, type RowDiff } from '../assert/row-diff.ts';
import { readTimeValue } from '../assert/time-value.ts';
import { TEST_NOW } from '../generate/generate-data.ts';
import { describeRows, sourceHints } from '../run/describe-rows.ts';
import { type LiveOutput, type LiveRun, type LiveSource, liveFinal, liveRows, startLiveRun } from './live-run.ts';
import { extent, isMismatch, leftOut, mismatch, silenceOf, subject, withHint } from './mismatch.ts';
import type { ExpectedChange, GivenOptions, StepTime, StreamTestOptions, StreamTestResult } from './stream-test.ts';

export type Step =
  | { readonly kind: 'given' | 'table'; readonly source: string; readonly rows: readonly object[]; readonly options: GivenOptions }
  | { readonly kind: 'advance'; readonly source?: string; readonly time: StepTime }
  | { readonly kind: 'end' | 'restart' }
  | { readonly kind: 'output'; readonly name: string }
  | { readonly kind: 'expect' | 'expect-final'; readonly rows: readonly object[]; readonly ordered: boolean; readonly site: string }
  | { readonly kind: 'expect-changes'; readonly changes: readonly ExpectedChange[]; readonly site: string }
  | { readonly kind: 'expect-count'; readonly of: 'late' | 'errors'; readonly count: number; readonly site: string }
  | { readonly kind: 'expect-failure'; readonly text: string; readonly site: string };

/** Runs the steps of one test. */
export class StreamTestRun {
  private readonly sql: string;
  private readonly options: StreamTestOptions;
  private readonly steps: readonly Step[];
  private readonly sources: readonly LiveSource[];
  private run_: LiveRun | null = null;
  private output: LiveOutput | null = null;
  /** Changes of each output that earlier expectations have seen. */
  private readonly seen = new Map<string, number>();
  private acted = true;
  private isEnded = false;
  private now = Number.NEGATIVE_INFINITY;

  constructor(sql: string, options: StreamTestOptions, steps: readonly Step[]) {
    this.sql = sql;
    this.options = options;
    this.steps = steps;
    this.sources = sourcesOf(sql, steps);
  }

  async run(): Promise<StreamTestResult> {
    const failure = this.steps.find((s) => s.kind === 'expect-failure');
    try {
      const result = await this.all();
      if (failure) throw mismatch(`the test was expected to fail with "${failure.text}"`, failure.site, failure.text, 'no failure');
      return result;
    } catch (error) {
      if (!failure || isMismatch(error)) throw withHint(error);
      const code = VeloError.is(error) ? error.code : '';
      const text = error instanceof Error ? error.message : String(error);
      if (code !== failure.text && !text.includes(failure.text))
        throw mismatch(`expected the failure "${failure.text}", got ${code} ${text}`, failure.site, failure.text, text);
      return {
        rows: [],
        changes: [],
        final: [],
        late: 0,
        errors: 0,
        metrics: this.output?.metrics() ?? { ...WAITING_METRICS, status: 'failed' },
      };
    } finally {
      await this.run_?.stop();
    }
  }

  private get live(): LiveRun {
    return this.run_ as LiveRun;
  }

  private get current(): LiveOutput {
    return this.live.outputs.get(this.output?.name ?? '') ?? this.live.last;
  }

  private async all(): Promise<StreamTestResult> {
    this.run_ = await startLiveRun({
      sql: this.sql,
      wanted: this.steps.some((s) => s.kind === 'output') ? 'all' : 'last',
      sources: this.sources,
      engine: this.options,
      now: () => (Number.isFinite(this.now) ? this.now : TEST_NOW),
    });
    for (const step of this.steps) await this.step(step);
    await this.live.settle();
    const output = this.current;
    const metrics = output.metrics();
    this.checkErrors(output);
    return {
      rows: liveRows(output.changes),
      changes: output.changes,
      final: liveFinal(output),
      late: metrics.rowsLate,
      errors: metrics.rowErrors,
      metrics,
    };
  }

  /** Rows that failed and that no step asks about would make a test green that saw half of its rows. */
  private checkErrors(output: LiveOutput): void {
    const { rowErrors } = output.metrics();
    if (rowErrors === 0 || this.steps.some((s) => s.kind === 'expect-count' && s.of === 'errors')) return;
    const site = this.steps.findLast((s) => 'site' in s)?.site ?? '';
    const text = [...leftOut(output), `Say .expectErrors(${rowErrors}) if the test means them.`].join('\n');
    throw mismatch(text, site, 'no errors', skippedText(rowErrors));
  }

  private async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'given':
        this.act();
        this.noteTimes(step.source, step.rows);
        this.live.push(step.source, step.rows);
        return;
      case 'advance':
        this.act();
        this.advance(step.source, step.time);
        return;
      case 'end':
        this.act();
        this.endInput();
        return;
      case 'restart':
        await this.live.restart();
        return;
      case 'output':
        this.output = this.live.outputs.get(step.name) ?? unknownOutput(step.name, [...this.live.outputs.keys()]);
        return;
      case 'table':
      case 'expect-failure':
        return;
      default:
        await this.check(step);
    }
  }

  /** The first action after an expectation begins a new stretch of output. */
  private act(): void {
    if (!this.acted) for (const [name, output] of this.live.outputs) this.seen.set(name, output.changes.length);
    this.acted = true;
  }

  private endInput(): void {
    if (!this.isEnded) this.live.end();
    this.isEnded = true;
  }

  private noteTimes(source: string, rows: readonly object[]): void {
    const column = this.sources.find((s) => s.name === source)?.schema.eventTime;
    if (column !== undefined)
      for (const row of rows) this.now = Math.max(this.now, readTimeValue((row as Record<string, unknown>)[column]) ?? this.now);
  }

  private advance(source: string | undefined, time: StepTime): void {
    const at = timeOf(time);
    this.now = Math.max(this.now, at);
    for (const s of this.sources) if (s.kind === 'open' && (source === undefined || s.name === source)) this.live.watermark(s.name, at);
  }

  private async check(step: Extract<Step, { readonly site: string }>): Promise<void> {
    if (step.kind === 'expect-final') {
      this.act();
      this.endInput();
    }
    await this.live.settle();
    this.acted = false;
    const output = this.current;
    const since = output.changes.slice(this.seen.get(output.name) ?? 0);
    switch (step.kind) {
      case 'expect':
        this.compare('rows', step.rows, liveRows(since), step, output);
        return;
      case 'expect-final':
        this.compare('final rows', step.rows, liveFinal(output), step, output);
        return;
      case 'expect-changes':
        this.compareChanges(step, since, output);
        return;
      case 'expect-count': {
        const metrics = output.metrics();
        const actual = step.of === 'late' ? metrics.rowsLate : metrics.rowErrors;
        const last = metrics.lastErrors.at(-1);
        if (actual !== step.count)
          throw mismatch(
            `expected ${step.count} ${step.of === 'late' ? 'late rows' : 'record errors'}, got ${actual}${step.of === 'errors' && last ? `; the last: ${last.message}` : ''}`,
            step.site,
            step.count,
            actual,
          );
        return;
      }
      default:
        return;
    }
  }

  private compare(
    what: string,
    rows: readonly object[],
    actual: readonly Row[],
    step: { readonly ordered: boolean; readonly site: string },
    output: LiveOutput,
  ): void {
    const expected = rows.map((row) => typedRow(row, output.schema));
    checkColumns(expected, output, step.site);
    const diff = diffRows(expected, actual, { ordered: step.ordered });
    if (isSame(diff)) return;
    const head = `${subject(what, output)} differ (${extent(diff, expected.length, actual.length)})`;
    const causes = actual.length === 0 ? silenceOf(output) : leftOut(output);
    throw mismatch([head, diffText(diff, expected, actual), ...causes].join('\n'), step.site, expected, besides(expected, actual, diff));
  }

  private compareChanges(
    step: { readonly changes: readonly ExpectedChange[]; readonly site: string },
    since: readonly Change[],
    output: LiveOutput,
  ): void {
    const expected = step.changes.map((c) => {
      const { op, row, ...columns } = c;
      return { op, row: typedRow(row ?? columns, output.schema) };
    });
    const lines: string[] = [];
    for (let i = 0; i < Math.max(expected.length, since.length); i++) {
      const e = expected[i];
      const a = since[i];
      if (!e) lines.push(`change ${i + 1} was not expected: ${a?.op} ${show(a?.row)}`);
      else if (!a) lines.push(`change ${i + 1} is missing: ${e.op} ${show(e.row)}`);
      else {
        if (e.op !== a.op) lines.push(`change ${i + 1}: expected ${e.op}, got ${a.op}`);
        for (const [column, value] of Object.entries(e.row))
          if (!sameValue(a.row[column], value))
            lines.push(`change ${i + 1}, ${column}: expected ${show(value)}, got ${show(a.row[column])}`);
      }
    }
    if (lines.length > 0)
      throw mismatch(
        [
          `${subject('changes', output)} differ (expected ${expected.length}, got ${since.length})`,
          ...lines.slice(0, 20),
          ...(since.length === 0 ? silenceOf(output) : leftOut(output)),
        ].join('\n'),
        step.site,
        expected,
        since.map(({ op, row }) => ({ op, row: { ...row } })),
      );
  }
}

/** The output in the order and with the columns of what was expected, so that a runner's diff shows what differs and nothing else. */
function besides(expected: readonly object[], actual: readonly Row[], { pairs, extra }: RowDiff): readonly object[] {
  const all = [...new Set(expected.flatMap((row) => Object.keys(row)))];
  const shown = (at: number, columns: readonly string[]): object[] => {
    const row = actual[at];
    return row === undefined ? [] : [columns.length === 0 ? row : onlyColumns(row, columns)];
  };
  return [...expected.flatMap((row, i) => shown(pairs.get(i) ?? -1, Object.keys(row))), ...extra.flatMap((at) => shown(at, all))];
}

const onlyColumns = (row: Row, columns: readonly string[]): object =>
  Object.fromEntries(columns.filter((c) => c in row).map((c) => [c, row[c]]));

function timeOf(time: StepTime): number {
  const at = readTimeValue(time);
  if (at === undefined) throw testingError('VS5403', { text: String(time) });
  return at;
}

function unknownOutput(name: string, known: readonly string[]): never {
  throw testingError('VS5407', { text: `the script makes no "${name}"` }, { hint: `It makes ${known.join(', ')}.` });
}

/** A column that the output does not have is a slip of the test, and told as such. */
function checkColumns(expected: readonly object[], output: LiveOutput, site: string): void {
  const known = new Set(output.schema.columns.map((c) => c.name));
  for (const row of expected)
    for (const name of Object.keys(row))
      if (!known.has(name))
        throw mismatch(`"${output.name}" has no column "${name}"; it has ${[...known].join(', ')}`, site, name, [...known]);
}

/** Expected times may be written as ISO text or Date. */
function typedRow(row: object, schema: TableSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const column = schema.columns.find((c) => c.name === name);
      const isTime = column !== undefined && holdsInstants(column);
      if (value instanceof Date) return [name, value.getTime()];
      return [name, isTime && typeof value === 'string' ? (parseTimestamp(value) ?? value) : value];
    }),
  );
}

/** All sources of a test with their schemas; every row of the whole test counts for the types. */
function sourcesOf(sql: string, steps: readonly Step[]): LiveSource[] {
  const hints = sourceHints(sql);
  const names = [...new Set(steps.flatMap((s) => (s.kind === 'given' || s.kind === 'table' ? [s.source] : [])))];
  return names.map((name) => {
    const own = steps.flatMap((s) => ((s.kind === 'given' || s.kind === 'table') && s.source === name ? [s] : []));
    const rows = own.flatMap((s) => s.rows);
    const options: GivenOptions = Object.assign({}, ...own.map((s) => s.options));
    const isTable = own.some((s) => s.kind === 'table');
    const found = describeRows(rows, hints(name), options.eventTime);
    const typed = found.columns.map((c) => ({ ...c, type: options.types?.[c.name] ?? c.type }));
    const added = Object.entries(options.types ?? {})
      .filter(([n]) => !typed.some((c) => c.name === n))
      .map(([n, type]) => ({ name: n, type, nullable: true }));
    const schema: TableSchema = {
      ...found,
      columns: [...typed, ...added],
      ...(options.key ? { key: options.key } : {}),
      kind: isTable ? 'table' : 'stream',
    };
    return { name, kind: isTable ? 'table' : 'open', schema, rows: isTable ? rows : [], watermarkDelayMs: options.watermarkDelayMs };
  });
}
