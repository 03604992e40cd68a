import type { AstNode, Name, TypeName } from './node.ts';
import type { Query } from './query.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '||' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'AND' | 'OR';
export type IntervalUnit = 'NANOSECOND' | 'MICROSECOND' | 'MILLISECOND' | 'SECOND' | 'MINUTE' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

export type Expression =
  | Literal
  /** `a`, `t.a`, `t.a.b.c`: the binder decides which part is the relation. */
  | (AstNode & { readonly kind: 'column'; readonly path: readonly Name[] })
  | (AstNode & { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression })
  | (AstNode & { readonly kind: 'unary'; readonly operator: '-' | '+' | 'NOT'; readonly operand: Expression })
  | (AstNode & { readonly kind: 'is'; readonly operand: Expression; readonly test: 'NULL' | 'TRUE' | 'FALSE'; readonly negated: boolean })
  | (AstNode & {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
    })
  | (AstNode & { readonly kind: 'in'; readonly operand: Expression; readonly list: readonly Expression[]; readonly negated: boolean })
  | (AstNode & { readonly kind: 'in-query'; readonly operand: Expression; readonly query: Query; readonly negated: boolean })
  /** LIKE, ILIKE, and RLIKE / REGEXP / `~` as `REGEXP`; `!~` is negated REGEXP. */
  | (AstNode & {
      readonly kind: 'like';
      readonly operator: 'LIKE' | 'ILIKE' | 'REGEXP';
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape?: Expression;
      readonly negated: boolean;
    })
  | (AstNode & { readonly kind: 'exists'; readonly query: Query; readonly negated: boolean })
  | (AstNode & { readonly kind: 'scalar-query'; readonly query: Query })
  | (AstNode & {
      readonly kind: 'quantified';
      readonly operand: Expression;
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly quantifier: 'ANY' | 'ALL';
      readonly query: Query;
    })
  | (AstNode & {
      readonly kind: 'case';
      readonly operand?: Expression;
      readonly whens: readonly CaseWhen[];
      readonly otherwise?: Expression;
    })
  | (AstNode & { readonly kind: 'cast'; readonly operand: Expression; readonly type: TypeName /** TRY_CAST */; readonly safe: boolean })
  | FunctionCall
  | (AstNode & { readonly kind: 'index'; readonly operand: Expression; readonly index: Expression })
  /** `expr.name` where `expr` is no plain path, e.g. `f(x).a`. */
  | (AstNode & { readonly kind: 'field'; readonly operand: Expression; readonly name: Name })
  /** `j -> 'k'` and `j ->> 'k'`. */
  | (AstNode & { readonly kind: 'json-access'; readonly operand: Expression; readonly key: Expression; readonly asText: boolean })
  | (AstNode & { readonly kind: 'array'; readonly items: readonly Expression[] })
  /** `(a, b)`: left of IN only. */
  | (AstNode & { readonly kind: 'row'; readonly items: readonly Expression[] })
  /** Stands where the text could not be understood; a diagnostic says why. */
  | (AstNode & { readonly kind: 'error' });

export type Literal =
  /** Digits that fit 64 bits. */
  | (AstNode & { readonly kind: 'integer'; readonly value: bigint })
  /** `12.50`: exact, with as many digits after the point as written. */
  | (AstNode & { readonly kind: 'decimal'; readonly text: string })
  /** `1e5`, and whole numbers beyond 64 bits. */
  | (AstNode & { readonly kind: 'float'; readonly value: number; readonly text: string })
  | (AstNode & { readonly kind: 'string'; readonly value: string })
  | (AstNode & { readonly kind: 'boolean'; readonly value: boolean })
  | (AstNode & { readonly kind: 'null' })
  /** `INTERVAL '5' MINUTE`; also a bare window duration such as `5m`. `text` keeps a spelling such as `5m` for printing. */
  | (AstNode & { readonly kind: 'interval'; readonly value: number; readonly unit: IntervalUnit; readonly text?: string })
  /** `TIMESTAMP '…'`, `DATE '…'`, `TIME '…'`. */
  | (AstNode & { readonly kind: 'typed-string'; readonly type: 'TIMESTAMP' | 'DATE' | 'TIME'; readonly value: string });

export interface CaseWhen {
  readonly condition: Expression;
  readonly result: Expression;
}

export interface FunctionCall extends AstNode {
  readonly kind: 'call';
  readonly name: Name;
  readonly arguments: readonly Expression[];
  /** `COUNT(*)`: `arguments` is empty. */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly filter?: Expression;
  /** `WITHIN GROUP (ORDER BY …)` */
  readonly withinGroup?: readonly OrderItem[];
  readonly over?: OverClause;
}

export interface OrderItem extends AstNode {
  readonly expression: Expression;
  readonly direction: 'ASC' | 'DESC';
  /** Absent: FIRST for ASC, LAST for DESC. */
  readonly nulls?: 'FIRST' | 'LAST';
}

export interface OverClause extends AstNode {
  /** `ROWS WINDOW BUFFER n ROWS` */
  readonly bufferRows?: number;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame?: WindowFrame;
  readonly emit?: 'EVERY RECORD' | 'ON BUFFER FULL' | 'CHANGES';
  /** `EXPIRE AFTER INTERVAL … INACTIVITY` as an interval literal, or NEVER. */
  readonly expire?: Expression | 'NEVER';
}

export interface WindowFrame extends AstNode {
  readonly unit: 'ROWS' | 'RANGE';
  readonly start: FrameBound;
  readonly end: FrameBound;
}

export type FrameBound =
  | { readonly kind: 'unbounded-preceding' | 'unbounded-following' | 'current-row' }
  | { readonly kind: 'preceding' | 'following'; readonly offset: Expression };
