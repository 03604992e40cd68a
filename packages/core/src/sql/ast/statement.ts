import type { Expression } from './expression.ts';
import type { AstNode, Name, Property, RelationName, TypeName } from './node.ts';
import type { Query } from './query.ts';

export type Statement = StatementBody & {
  /** Comments before and inside the statement, in order. */
  readonly comments: readonly Comment[];
};

export interface Comment extends AstNode {
  /** Without the comment marks. One entry per line of a block comment. */
  readonly text: string;
}

export type StatementBody =
  | (AstNode & { readonly kind: 'query'; readonly query: Query })
  | CreateRelation
  | (AstNode & {
      readonly kind: 'insert';
      readonly target: RelationName;
      readonly columns: readonly Name[];
      readonly source: Query | InsertValues;
    })
  | (AstNode & {
      readonly kind: 'update';
      readonly target: RelationName;
      readonly assignments: readonly { readonly column: Name; readonly value: Expression }[];
      readonly where?: Expression;
    })
  | (AstNode & { readonly kind: 'delete'; readonly target: RelationName; readonly where?: Expression })
  | (AstNode & { readonly kind: 'drop'; readonly object: 'STREAM' | 'TABLE' | 'JOB'; readonly name: Name; readonly ifExists: boolean })
  | ShowStatement
  | (AstNode & { readonly kind: 'describe'; readonly object?: 'STREAM' | 'TABLE'; readonly name: Name })
  | JobStatement
  | (AstNode & { readonly kind: 'explain'; readonly statement: StatementBody })
  /** Recognised, not supported (ALTER, CREATE VIEW, MATCH_RECOGNIZE, …); a diagnostic says so. */
  | (AstNode & { readonly kind: 'unsupported'; readonly feature: string })
  /** Text that is no statement; a diagnostic says why. */
  | (AstNode & { readonly kind: 'error' });

export interface CreateRelation extends AstNode {
  readonly kind: 'create';
  readonly object: 'STREAM' | 'TABLE';
  readonly name: Name;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  /** Table-level `PRIMARY KEY (a, b)`. */
  readonly primaryKey: readonly Name[];
  /** `WATERMARK FOR column AS expression` */
  readonly watermark?: { readonly column: Name; readonly expression: Expression };
  /** Absent: a declaration of a source or sink. EMIT, INTO and WITH of the statement stand on the query. */
  readonly query?: Query;
  /** WITH of a declaration; with a query, the properties stand there. */
  readonly properties: readonly Property[];
}

export interface ColumnDefinition extends AstNode {
  readonly name: Name;
  readonly type: TypeName;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly default?: Expression;
}

export interface InsertValues extends AstNode {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expression[])[];
}

export interface ShowStatement extends AstNode {
  readonly kind: 'show';
  readonly what:
    | 'STREAMS'
    | 'TABLES'
    | 'TOPICS'
    | 'FUNCTIONS'
    | 'JOBS'
    | 'STATUS'
    | 'METRICS'
    | 'VERSIONS'
    | 'SCHEMA'
    | 'SCHEMAS'
    | 'PROPERTIES'
    | 'PARTITIONS'
    | 'JOB STATUS'
    | 'CREATE';
  /** LIKE pattern. */
  readonly pattern?: string;
  readonly name?: Name;
  /** The word after `SHOW PROPERTIES` or `SHOW CREATE`, upper case. */
  readonly object?: string;
}

export type JobStatement = AstNode & { readonly kind: 'job'; readonly name: Name } & (
    | { readonly action: 'START'; readonly body: StatementBody; readonly properties: readonly Property[] }
    | { readonly action: 'STOP'; readonly force: boolean }
    | { readonly action: 'PAUSE' | 'RESUME' }
    | {
        readonly action: 'DEPLOY';
        readonly version: string;
        readonly body: StatementBody;
        readonly properties: readonly Property[];
        readonly strategy: DeployStrategy;
      }
    | { readonly action: 'ROLLBACK'; readonly version?: string }
  );

export type DeployStrategy =
  | { readonly kind: 'BLUE_GREEN' | 'ROLLING' | 'REPLACE' }
  | { readonly kind: 'CANARY'; readonly percent: number };
