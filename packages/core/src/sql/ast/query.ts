import type { Expression, OrderItem } from './expression.ts';
import type { AstNode, Name, Property, RelationName } from './node.ts';

/** One SELECT with its clauses, or a UNION of queries. */
export type Query = Select | Union;

export interface Select extends AstNode {
  readonly kind: 'select';
  /** `WITH name AS (…)` before the SELECT. */
  readonly ctes: readonly CommonTable[];
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from?: FromItem;
  readonly joins: readonly Join[];
  readonly where?: Expression;
  readonly groupBy: readonly Expression[];
  readonly window?: WindowClause;
  readonly having?: Expression;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: LimitClause;
  readonly emit?: EmitClause;
  readonly into: readonly RelationName[];
  readonly properties: readonly Property[];
}

/** `left UNION [ALL] right`; trailing clauses belong to the whole. */
export interface Union extends AstNode {
  readonly kind: 'union';
  readonly ctes: readonly CommonTable[];
  readonly all: boolean;
  readonly left: Query;
  readonly right: Query;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: LimitClause;
  readonly emit?: EmitClause;
  readonly into: readonly RelationName[];
  readonly properties: readonly Property[];
}

export interface CommonTable extends AstNode {
  readonly name: Name;
  readonly query: Query;
}

export type SelectItem =
  | (AstNode & { readonly kind: 'star' /** `t.*` */; readonly qualifier?: Name; readonly except: readonly Name[] })
  | (AstNode & {
      readonly kind: 'expression';
      readonly expression: Expression;
      readonly alias?: Name /** `PRIMARY KEY` or `KEY` */;
      readonly key: boolean;
    });

export interface EmitClause extends AstNode {
  readonly mode: 'CHANGES' | 'FINAL';
}

export interface LimitClause extends AstNode {
  readonly count: number;
  readonly offset: number;
}

export type FromItem =
  | (AstNode & {
      readonly kind: 'relation';
      readonly relation: RelationName;
      readonly alias?: Name;
      readonly properties: readonly Property[];
    })
  | (AstNode & { readonly kind: 'derived'; readonly query: Query; readonly alias?: Name })
  /** `kafka_topic('x')`, `file('p')`, `s3('…')` */
  | (AstNode & { readonly kind: 'source-function'; readonly name: Name; readonly argument: string; readonly alias?: Name });

export interface Join extends AstNode {
  readonly kind: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';
  readonly right: FromItem;
  /** `FOR SYSTEM_TIME AS OF expr` */
  readonly asOf?: Expression;
  readonly on?: Expression;
  /** Interval literals. */
  readonly within?: Expression;
  readonly grace?: Expression;
}

/**
 * `WINDOW TUMBLING(…)`, also rewritten from `GROUP BY … TUMBLE(…)`. Durations are interval literals
 * (a bare number is seconds).
 */
export type WindowClause = AstNode & {
  /** A column path; absent: the relation's event time. */
  readonly time?: Expression;
} & (
    | { readonly kind: 'tumbling'; readonly size: Expression }
    | { readonly kind: 'sliding'; readonly size: Expression; readonly advance: Expression }
    | { readonly kind: 'session'; readonly gap: Expression /** Third argument, a column. */; readonly key?: Expression }
  );
