/** A typed intent: what a question asks for, before it is text. Every SQL string in it is an expression over columns, already quoted. */
export interface QueryIR {
  readonly from: IrSource;
  readonly joins: readonly IrJoin[];
  readonly distinct: boolean;
  /** Plain columns of a row query; empty: all of them. */
  readonly columns: readonly IrColumn[];
  readonly dimensions: readonly IrColumn[];
  readonly measures: readonly IrMeasure[];
  /** All of them hold. */
  readonly where: readonly IrFilter[];
  readonly window?: IrWindow;
  /** Over aggregates. */
  readonly having: readonly IrFilter[];
  readonly order: readonly { readonly by: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly limit?: number;
  /** Rows before the limit that are left out. */
  readonly offset?: number;
  readonly emit: 'CHANGES' | 'FINAL';
  readonly sink?: { readonly kind: 'STREAM' | 'TABLE' | 'URI'; readonly name: string };
  readonly alerts: readonly { readonly condition: string; readonly severity?: 'critical' | 'warning' | 'info' }[];
}

export interface IrSource {
  readonly table: string;
  readonly alias?: string;
}

export interface IrJoin extends IrSource {
  readonly kind: 'INNER' | 'LEFT';
  readonly on: readonly { readonly left: string; readonly right: string }[];
  /** Both sides are streams. */
  readonly withinMs?: number;
}

export interface IrColumn {
  readonly expression: string;
  readonly alias?: string;
}

export type AggregateName =
  | 'COUNT'
  | 'SUM'
  | 'AVG'
  | 'MIN'
  | 'MAX'
  | 'MEDIAN'
  | 'PERCENTILE'
  | 'STDDEV'
  | 'VARIANCE'
  | 'FIRST_VALUE'
  | 'LAST_VALUE';

export interface IrAggregate {
  readonly kind: 'aggregate';
  readonly fn: AggregateName;
  /** Absent: `COUNT(*)`. */
  readonly of?: string;
  readonly distinct?: boolean;
  /** 0 to 1, of PERCENTILE. */
  readonly fraction?: number;
  /** Only rows for which all of these hold. */
  readonly only?: readonly IrFilter[];
}

export type IrMeasure = { readonly alias: string } & (
  | IrAggregate
  | { readonly kind: 'ratio'; readonly top: IrAggregate; readonly bottom: IrAggregate; readonly percent: boolean }
  | { readonly kind: 'expression'; readonly expression: string }
);

export type IrOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'IN'
  | 'NOT IN'
  | 'BETWEEN'
  | 'NOT BETWEEN'
  | 'LIKE'
  | 'NOT LIKE'
  | 'IS NULL'
  | 'IS NOT NULL';

export interface IrCondition {
  readonly left: string;
  readonly operator: IrOperator;
  readonly values: readonly IrValue[];
}

/** `{ sql }` is an expression. */
export type IrValue = string | number | boolean | { readonly sql: string };

/** One of them holds. */
export interface IrFilter {
  readonly any: readonly IrCondition[];
}

export type IrWindow = { readonly time?: string } & (
  | { readonly kind: 'tumbling'; readonly sizeMs: number }
  | { readonly kind: 'sliding'; readonly sizeMs: number; readonly advanceMs: number }
  | { readonly kind: 'session'; readonly gapMs: number }
);
