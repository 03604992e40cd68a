import type { SqlType } from '../../../values/types.ts';
import type { Expr } from '../../bind/expression.ts';
import type { Report } from '../report.ts';

/** An argument of a call, printed. */
export interface PrintedArgument {
  readonly text: string;
  readonly expr: Expr;
}

/** What an entry may look at. */
export interface CallSite {
  readonly args: readonly PrintedArgument[];
  readonly type: SqlType;
  readonly report: Report;
  readonly system: (name: string) => string | undefined;
  readonly mode: 'streaming' | 'batch';
}

/** How one function of ours is said on Flink. */
export type Mapping =
  /** The expression that gives the same values. `differs`: but for this. */
  | { readonly kind: 'same'; readonly print: (call: CallSite) => string; readonly differs?: string }
  | { readonly kind: 'not-on-flink'; readonly because: string };

export type Mappings = Readonly<Record<string, Mapping>>;

/** The function of that name, arguments as they are. */
export const named = (name: string, differs?: string): Mapping =>
  as((call) => `${name}(${call.args.map((a) => a.text).join(', ')})`, differs);
/** The same, of a result that Flink gives as INT. */
export const counting = (name: string): Mapping => as((call) => `CAST(${name}(${call.args.map((a) => a.text).join(', ')}) AS BIGINT)`);
export const as = (print: (call: CallSite) => string, differs?: string): Mapping =>
  differs === undefined ? { kind: 'same', print } : { kind: 'same', print, differs };
export const notOnFlink = (because: string): Mapping => ({ kind: 'not-on-flink', because });

export const arg = (call: CallSite, i: number): string => call.args[i]?.text ?? 'NULL';
/** As the INT that Flink's functions want for counts and positions. */
export const int = (call: CallSite, i: number, missing = '0'): string => {
  const found = call.args[i];
  if (found === undefined) return missing;
  return found.expr.kind === 'literal' && found.expr.value !== null ? found.text : `CAST(${found.text} AS INT)`;
};
/** A literal argument; undefined for anything else. */
export function constant(call: CallSite, i: number): string | number | undefined {
  const e = call.args[i]?.expr;
  return e?.kind === 'literal' && (typeof e.value === 'string' || typeof e.value === 'number') ? e.value : undefined;
}
