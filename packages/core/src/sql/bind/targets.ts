import type { Query, RelationName } from '../ast/index.ts';
import type { Binder } from './binder.ts';
import type { BoundOutput } from './bound.ts';

/** Where INTO sends the rows of a query, all arms together. */
export const targetsOf = (query: Query): RelationName[] =>
  query.kind === 'union' ? [...targetsOf(query.left), ...targetsOf(query.right), ...query.into] : [...query.into];

export const targetName = (target: RelationName): string => (target.kind === 'name' ? target.name.text : target.uri);

export const outputOf = (cx: Binder, query: Query): BoundOutput => ({
  targets: targetsOf(query).map(targetName),
  properties: cx.properties,
});
