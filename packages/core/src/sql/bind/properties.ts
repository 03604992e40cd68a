import type { Span } from '../../diagnostics/span.ts';
import type { FromItem, Property, Query, StatementBody } from '../ast/index.ts';
import type { Properties } from './bound.ts';
import { parseDuration } from './duration.ts';
import { rareBinders } from './rare-binders.ts';

/** One property with the name of the source or sink that it is written for, as far as its place tells. */
export interface PlacedProperty {
  /** Full key: `trades.topic` for `topic` in `FROM trades WITH (…)`. */
  readonly key: string;
  readonly value: string | number | boolean;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** All properties of a query: those at the end, then those of its inputs, which win (§2.2). */
function propertiesOfQuery(query: Query): PlacedProperty[] {
  if (query.kind === 'union') {
    return [...propertiesOfQuery(query.left), ...propertiesOfQuery(query.right), ...query.properties.map(placed)];
  }
  const inputs = [query.from, ...query.joins.map((j) => j.right)].flatMap((item) => (item === undefined ? [] : ofItem(item)));
  const common = query.ctes.flatMap((cte) => propertiesOfQuery(cte.query));
  return [...common, ...query.properties.map(placed), ...inputs];
}

function ofItem(item: FromItem): PlacedProperty[] {
  if (item.kind === 'derived') return propertiesOfQuery(item.query);
  if (item.kind !== 'relation' || item.properties.length === 0) return [];
  const name = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
  const { keyOfInput } = rareBinders();
  return item.properties.map((p) => ({ ...placed(p), key: keyOfInput(name, p.key) }));
}

const placed = ({ key, value, keySpan, valueSpan }: Property): PlacedProperty => ({ key, value, keySpan, valueSpan });

/** All properties of a statement, in order of increasing weight. */
export function propertiesOfStatement(statement: StatementBody): PlacedProperty[] {
  switch (statement.kind) {
    case 'query':
      return propertiesOfQuery(statement.query);
    case 'create':
      return [...statement.properties.map(placed), ...(statement.query === undefined ? [] : propertiesOfQuery(statement.query))];
    case 'insert':
      return statement.source.kind === 'values' ? [] : propertiesOfQuery(statement.source);
    case 'job':
      return 'body' in statement ? [...statement.properties.map(placed), ...propertiesOfStatement(statement.body)] : [];
    case 'explain':
      return propertiesOfStatement(statement.statement);
    default:
      return [];
  }
}

export const asMap = (properties: readonly PlacedProperty[]): Properties => new Map(properties.map((p) => [p.key, p.value]));

/** The properties of one source or sink, without its prefix. */
export function propertiesFor(name: string, properties: Properties): Properties {
  const prefix = `${name}.`;
  const own = new Map<string, string | number | boolean>();
  for (const [key, value] of properties) if (key.startsWith(prefix)) own.set(key.slice(prefix.length), value);
  return own;
}

/** The value of the first key that is set. */
export function propertyOf(properties: Properties, ...keys: readonly string[]): string | number | boolean | undefined {
  for (const key of keys) {
    const value = properties.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function durationOf(properties: Properties, ...keys: readonly string[]): number | null {
  const value = propertyOf(properties, ...keys);
  return value === undefined ? null : (parseDuration(value) ?? null);
}
