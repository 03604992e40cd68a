import type { Assumption } from '@velostream/core/protocol/assist';
import type { AggregateName, IrOperator } from '../ir/query-ir.ts';
import type { ColumnRef } from './column-facts.ts';
import type { AlertClause, RowsRequest, SinkRequest, TopRequest } from './find-modifiers.ts';
import type { WindowRequest } from './find-window.ts';
import type { JoinEdge } from './join-path.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import type { Link } from './link.ts';
import type { Token } from './token.ts';

/** A value that a row gives: a column, arithmetic on columns, or a named expression. */
export type Operand =
  | { readonly kind: 'column'; readonly ref: ColumnRef }
  | { readonly kind: 'binary'; readonly operator: '+' | '-' | '*' | '/'; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'text'; readonly expression: string; readonly name: string };

/** `times`: twice, or two percent of, the other column. */
export type FrameValue = string | number | boolean | { readonly ref: ColumnRef; readonly times?: number } | { readonly sql: string };

export interface Condition {
  readonly left: Operand;
  readonly operator: IrOperator;
  readonly values: readonly FrameValue[];
}

/** Any of them; conditions beside each other all hold. */
export interface Filter {
  readonly any: readonly Condition[];
}

export interface Aggregate {
  readonly fn: AggregateName;
  readonly of?: Operand;
  readonly distinct?: boolean;
  readonly fraction?: number;
  readonly only: readonly Filter[];
}

export type Measure = { readonly at: number; readonly alias?: string } & (
  | ({ readonly kind: 'aggregate'; readonly implied?: boolean } & Aggregate)
  | { readonly kind: 'ratio'; readonly top: Aggregate; readonly bottom: Aggregate; readonly percent: boolean }
  /** Over aggregates; `expression` names columns by `{0}`, `{1}`, … */
  | { readonly kind: 'formula'; readonly expression: string; readonly refs: readonly ColumnRef[] }
);

export type Dimension =
  | { readonly kind: 'column'; readonly ref: ColumnRef; readonly at: number }
  | { readonly kind: 'part'; readonly part: 'HOUR' | 'DOW' | 'DAY' | 'MONTH'; readonly ref: ColumnRef; readonly at: number };

/** A comparison whose place (WHERE, HAVING, alert) the whole sentence decides. */
export interface Comparison {
  readonly at: number;
  readonly subject:
    | { readonly kind: 'column'; readonly operand: Operand }
    | { readonly kind: 'measure'; readonly measure: Measure }
    /** Nothing named: the one amount that fits. */
    | { readonly kind: 'unnamed' };
  readonly operator: IrOperator;
  readonly values: readonly FrameValue[];
  readonly isAlert: boolean;
  /** `customers who spent more than`: speaks of all rows of a group. */
  readonly ofGroup: boolean;
  readonly unit?: string;
}

export interface RowFunction {
  /** `since`: how long after the row before it. */
  readonly kind: 'previous' | 'next' | 'ratio' | 'change' | 'percent-change' | 'rolling' | 'since';
  readonly operand: Operand;
  readonly fn?: AggregateName;
  /** How many rows before, where it is not the last one. */
  readonly back?: number;
  readonly unit?: 'second' | 'minute' | 'hour' | 'day';
}

export interface Clarification {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly prompt: string }[];
}

/** What a sentence has been understood to mean so far. */
export interface Frame {
  readonly measures: Measure[];
  readonly dimensions: Dimension[];
  /** Columns named without an aggregate. */
  readonly bare: { readonly operand: Operand; readonly at: number; readonly only: readonly Filter[] }[];
  readonly filters: Filter[];
  readonly comparisons: Comparison[];
  readonly rowFunctions: RowFunction[];
  readonly assumptions: Assumption[];
  /** The noun that a sentence speaks of first: `customers who …`. */
  entity?: { readonly ref: ColumnRef; readonly at: number };
  /** Rows are counted unless something else is asked. */
  mentionsRows: boolean;
  distinctRows: boolean;
  outer: boolean;
  antiJoin?: string;
  mentioned: Set<string>;
  order?: { readonly operand?: Operand; readonly direction: 'ASC' | 'DESC'; readonly ofCount: boolean };
  joinWithinMs?: number;
  window?: WindowRequest;
  emit?: 'FINAL' | 'CHANGES';
  sink?: SinkRequest;
  top?: TopRequest;
  /** Part of the time that is ranked, until the base is known: `which hour of the day`. */
  part?: 'HOUR' | 'DOW';
  rows?: RowsRequest;
  alert?: AlertClause;
  clarify?: Clarification;
  readonly scores: number[];
  /** Where in the sentence each condition stands, to see which of them an "or" joins. */
  readonly spans: { readonly start: number; readonly end: number; readonly filter: Filter }[];
}

/** A sentence on its way to a frame. */
export interface Scan {
  readonly input: string;
  readonly tokens: readonly Token[];
  readonly lexicon: Lexicon;
  readonly base: TableFacts;
  readonly hops: ReadonlyMap<string, readonly JoinEdge[]>;
  readonly links: Map<number, Link>;
  readonly frame: Frame;
  /** What the query before aggregates, for edits that name only the aggregate. */
  readonly previous?: (fn: AggregateName) => ColumnRef | undefined;
}

export const emptyFrame = (): Frame => ({
  measures: [],
  dimensions: [],
  bare: [],
  filters: [],
  comparisons: [],
  rowFunctions: [],
  assumptions: [],
  mentionsRows: false,
  distinctRows: false,
  outer: false,
  mentioned: new Set(),
  scores: [],
  spans: [],
});

export const wordAt = (scan: Pick<Scan, 'tokens'>, at: number): string => {
  const token = scan.tokens[at];
  return token && token.used === undefined && 'word' in token ? token.word : '';
};

/** Word of a token, also of one that something has explained. */
export const plainWord = (scan: Pick<Scan, 'tokens'>, at: number): string => {
  const token = scan.tokens[at];
  return token === undefined ? '' : 'word' in token ? token.word : '#';
};

export const columnOperand = (ref: ColumnRef): Operand => ({ kind: 'column', ref });

/** Columns of an operand, left to right. */
export const refsOf = (operand: Operand): readonly ColumnRef[] =>
  operand.kind === 'column' ? [operand.ref] : operand.kind === 'binary' ? [...refsOf(operand.left), ...refsOf(operand.right)] : [];

/** Whether adding the values up makes sense. */
export function isAdditive(operand: Operand): boolean {
  if (operand.kind === 'column') return operand.ref.isAdditive;
  if (operand.kind === 'text') return false;
  if (operand.operator === '*') return refsOf(operand).some((ref) => ref.isAdditive || ref.isQuantity);
  return operand.operator !== '/' && isAdditive(operand.left) && isAdditive(operand.right);
}
