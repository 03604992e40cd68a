import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Row } from '../../protocol/query.ts';
import type { TestReport } from '../../protocol/studio/testing.ts';
import { evaluateOnRow, truthy } from '../assert/template-value.ts';
import { parseTestExpression } from '../expression/parse-expression.ts';
import { suiteOfStatements } from './statement-run.ts';

/** Where a session stands. */
export type DebugState =
  | { readonly kind: 'not-started' }
  | { readonly kind: 'paused'; readonly at: number }
  | { readonly kind: 'completed' }
  | { readonly kind: 'error'; readonly at: number; readonly message: string };

export interface DebugStatement {
  readonly index: number;
  readonly name: string;
  readonly kind: 'CREATE STREAM' | 'CREATE TABLE' | 'SELECT' | 'INSERT' | 'other';
  readonly sql: string;
  readonly hasBreakpoint: boolean;
}

export interface StatementResult {
  readonly index: number;
  readonly name: string;
  readonly kind: DebugStatement['kind'];
  readonly sql: string;
  readonly success: boolean;
  readonly error?: string;
  readonly rows: readonly Row[];
  readonly ms: number;
  readonly hitBreakpoint: boolean;
}

/** Runs the statements of a script one by one on test data, with breakpoints; each result can be looked at. */
export interface DebugSession {
  readonly state: DebugState;
  readonly statements: readonly DebugStatement[];
  readonly history: readonly StatementResult[];
  /** Runs the next statement; undefined when none is left or an earlier one failed. */
  step(): Promise<StatementResult | undefined>;
  /** Runs up to the next breakpoint. */
  continue(): Promise<readonly StatementResult[]>;
  /** Runs all that is left, past breakpoints. */
  run(): Promise<readonly StatementResult[]>;
  break(nameOrIndex: string | number): void;
  unbreak(nameOrIndex: string | number): void;
  clearBreakpoints(): void;
  inspect(nameOrIndex: string | number): StatementResult | undefined;
  head(nameOrIndex: string | number, n?: number): readonly Row[];
  tail(nameOrIndex: string | number, n?: number): readonly Row[];
  /** Rows of a result for which an expression such as `price > 10 and symbol == 'A'` holds; `~` asks for contained text. */
  filter(nameOrIndex: string | number, expression: string): readonly Row[];
}

export interface DebugOptions {
  readonly records?: number;
  readonly seed?: number;
  readonly breakpoints?: readonly (string | number)[];
}

const SHOWN = 10;

export function createDebugSession(sql: string, o: DebugOptions = {}): DebugSession {
  return new Session(sql, o);
}

class Session implements DebugSession {
  readonly history: StatementResult[] = [];
  private readonly runner: ReturnType<typeof suiteOfStatements>;
  private readonly breakpoints = new Set<number>();
  private current: DebugState = { kind: 'not-started' };
  private next = 0;

  constructor(sql: string, o: DebugOptions) {
    this.runner = suiteOfStatements(sql, o);
    for (const b of o.breakpoints ?? []) this.break(b);
  }

  get state(): DebugState {
    return this.current;
  }

  get statements(): readonly DebugStatement[] {
    return this.runner.statements.map((s, index) => ({ ...s, index, hasBreakpoint: this.breakpoints.has(index) }));
  }

  async step(): Promise<StatementResult | undefined> {
    const index = this.next;
    const statement = this.runner.statements[index];
    if (!statement || this.current.kind === 'error') return undefined;
    this.next++;
    const { report, rows } = await this.runner.run(index);
    const error = errorOf(report);
    const result: StatementResult = {
      index,
      ...statement,
      success: error === undefined,
      ...(error === undefined ? {} : { error }),
      rows,
      ms: report.performance.executionTimeMs,
      hitBreakpoint: this.breakpoints.has(index),
    };
    this.history.push(result);
    this.current =
      error !== undefined
        ? { kind: 'error', at: index, message: error }
        : this.next >= this.runner.statements.length
          ? { kind: 'completed' }
          : { kind: 'paused', at: this.next };
    return result;
  }

  continue(): Promise<readonly StatementResult[]> {
    return this.upTo((index, isFirst) => !isFirst && this.breakpoints.has(index));
  }

  run(): Promise<readonly StatementResult[]> {
    return this.upTo(() => false);
  }

  break(nameOrIndex: string | number): void {
    this.breakpoints.add(this.indexOf(nameOrIndex));
  }

  unbreak(nameOrIndex: string | number): void {
    this.breakpoints.delete(this.indexOf(nameOrIndex));
  }

  clearBreakpoints(): void {
    this.breakpoints.clear();
  }

  inspect(nameOrIndex: string | number): StatementResult | undefined {
    const index = this.indexOf(nameOrIndex);
    return this.history.find((h) => h.index === index);
  }

  head(nameOrIndex: string | number, n = SHOWN): readonly Row[] {
    return this.rowsOf(nameOrIndex).slice(0, n);
  }

  tail(nameOrIndex: string | number, n = SHOWN): readonly Row[] {
    return this.rowsOf(nameOrIndex).slice(-n);
  }

  filter(nameOrIndex: string | number, expression: string): readonly Row[] {
    const contains = /^\s*([\w.]+)\s*~\s*(.+)$/.exec(expression);
    if (contains)
      return this.rowsOf(nameOrIndex).filter((row) =>
        String(row[contains[1] as string] ?? '').includes((contains[2] as string).trim().replace(/^["']|["']$/g, '')),
      );
    const node = parseTestExpression(expression);
    return this.rowsOf(nameOrIndex).filter((row) => truthy(evaluateOnRow(node, row)));
  }

  private async upTo(stop: (index: number, isFirst: boolean) => boolean): Promise<StatementResult[]> {
    const results: StatementResult[] = [];
    for (let isFirst = true; !stop(this.next, isFirst); isFirst = false) {
      const result = await this.step();
      if (!result) break;
      results.push(result);
    }
    return results;
  }

  private rowsOf(nameOrIndex: string | number): readonly Row[] {
    return this.inspect(nameOrIndex)?.rows ?? [];
  }

  /** Statements count from 1 for people. */
  private indexOf(nameOrIndex: string | number): number {
    const number = typeof nameOrIndex === 'number' || /^\d+$/.test(nameOrIndex) ? Number(nameOrIndex) - 1 : -1;
    const index = number >= 0 ? number : this.runner.statements.findIndex((s) => s.name === nameOrIndex);
    if (!this.runner.statements[index])
      throw testingError(
        'VS5407',
        { text: `there is no statement "${nameOrIndex}"` },
        { hint: `Statements: ${this.runner.statements.map((s, i) => `${i + 1} ${s.name}`).join(', ')}.` },
      );
    return index;
  }
}

const errorOf = (report: TestReport): string | undefined => report.error?.message;
