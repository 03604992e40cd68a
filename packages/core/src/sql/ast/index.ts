export type {
  BinaryOperator,
  CaseWhen,
  Expression,
  FrameBound,
  FunctionCall,
  IntervalUnit,
  Literal,
  OrderItem,
  OverClause,
  WindowFrame,
} from './expression.ts';
export type { AstNode, Name, Property, RelationName, TypeName } from './node.ts';
export type { CommonTable, EmitClause, FromItem, Join, LimitClause, Query, Select, SelectItem, Union, WindowClause } from './query.ts';
export type {
  ColumnDefinition,
  Comment,
  CreateRelation,
  DeployStrategy,
  InsertValues,
  JobStatement,
  ShowStatement,
  Statement,
  StatementBody,
} from './statement.ts';
