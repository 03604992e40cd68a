import type { SqlType } from '../../../values/types.ts';
import type { Frame } from '../frame.ts';
import type { CompileEnv } from '../interpret.ts';
import type { Value } from './value.ts';

/** A function under construction: lines of its loop body, what stands before the loop, and its constants. */
export class Code {
  readonly env: CompileEnv;
  readonly frame: Frame;
  readonly constants: unknown[] = [];
  /** Before the loop, inside the function. */
  readonly prologue: string[] = [];
  /** What to do with a row that the fast way cannot take: a statement that leaves the function. */
  readonly bail: string;
  /** Some statement may throw. */
  mayThrow = false;
  /** Something reads `frame.row`. */
  usesFrame = false;
  /** Some statement counts divisions by zero in `dz`. */
  countsZero = false;
  private lines: string[] = [];
  private names = 0;
  private depth = 0;
  private readonly constantNames = new Map<unknown, string>();
  private cache = new Map<string, Value>();

  /** Warnings of functions that were called; those of a row that bails out are taken back. */
  readonly warnings = new PendingWarnings();

  constructor(env: CompileEnv, frame: Frame, bail: string) {
    const warn = (reason: string): void => this.warnings.add(reason);
    // Everything else is the context itself, whatever kind of object that is.
    this.env = { ...env, context: Object.assign(Object.create(env.context) as CompileEnv['context'], { warn }) };
    this.frame = frame;
    this.bail = bail;
  }

  fresh(prefix: string): string {
    return `${prefix}_${this.names++}`;
  }

  add(line: string): void {
    this.lines.push(line);
  }

  /** Name of a constant. It is read from the array, so that no value of a user becomes source. */
  constant(value: unknown): string {
    const known = this.constantNames.get(value);
    if (known !== undefined) return known;
    const name = this.fresh('k');
    this.prologue.push(`const ${name} = K[${this.constants.length}];`);
    this.constants.push(value);
    this.constantNames.set(value, name);
    return name;
  }

  /** A function to be called per row; the row may then fail. */
  callable(run: (...args: never[]) => unknown): string {
    this.mayThrow = true;
    return this.constant(run);
  }

  /** Lines of `emit` as a block of their own. */
  block(open: string, emit: () => void): void {
    this.add(`${open} {`);
    this.depth++;
    emit();
    this.depth--;
    this.add('}');
  }

  /** What columns mean changes: nothing that was made from them serves any more. */
  startStage(): void {
    this.cache = new Map();
  }

  /** A value that is made once per row where it is made outside of any block. */
  cached(key: string, make: () => Value): Value {
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (this.depth === 0) this.cache.set(key, value);
    return value;
  }

  /** Whether the lines so far are few and have one way through them, which none leaves. */
  isStraight(linesMax: number): boolean {
    return this.lines.length <= linesMax && this.lines.every((line) => /^(const|stage) /.test(line) && !line.includes(this.bail));
  }

  takeLines(): string {
    return this.lines.splice(0).join('\n');
  }
}

/** Warnings by row: the row that is calculated anew elsewhere does not warn twice. */
export class PendingWarnings {
  private readonly reasons: string[] = [];
  private mark = 0;

  add(reason: string): void {
    this.reasons.push(reason);
  }

  startRow(): void {
    this.mark = this.reasons.length;
  }

  takeBackRow(): void {
    this.reasons.length = this.mark;
  }

  flush(warn: (reason: string) => void): void {
    for (const reason of this.reasons) warn(reason);
    this.reasons.length = 0;
    this.mark = 0;
  }
}

/** Columns as the expressions of a stage see them. */
export type ColumnValues = (index: number, type: SqlType) => Value;
