import type { Field } from '../../values/column.ts';
import type { StatementBody } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { columnSchema } from '../catalog/column-schema.ts';
import { assumedRelation } from '../catalog/create-catalog.ts';
import type { BindResult } from './bind-statement.ts';
import type { BoundQuery } from './bound.ts';

/**
 * What later statements see of the relation `name` that a statement makes or writes. With an error in the statement the
 * columns are unknown, so that one mistake is not reported at every reader. `given` is the relation of that name in the catalog.
 */
export function outputRelation(name: string, statement: StatementBody, result: BindResult, given: CatalogRelation | undefined) {
  const { bound } = result;
  if (bound?.kind === 'declare') return declared(bound.relation, given);
  if (bound?.kind === 'create' && bound.name === name) return relationOf(name, bound.object, bound.query, result.open);
  if (bound !== null && 'query' in bound) return relationOf(name, 'stream', bound.query, result.open);
  const kind = createdKind(statement);
  if (kind !== null || result.problems.some((p) => p.severity === 'error'))
    return { ...assumedRelation(name, kind ?? 'stream'), origin: 'statement' as const };
  return undefined;
}

function createdKind(statement: StatementBody): 'stream' | 'table' | null {
  if (statement.kind === 'create') return statement.object === 'TABLE' ? 'table' : 'stream';
  return statement.kind === 'job' && 'body' in statement ? createdKind(statement.body) : null;
}

/** A declaration without columns takes those that the source itself describes. */
function declared(relation: CatalogRelation, given: CatalogRelation | undefined): CatalogRelation {
  if (given === undefined || given.origin === 'statement') return relation;
  const { fields, columns, open } = relation.fields.length > 0 ? relation : given;
  const eventTime = relation.eventTime ?? given.eventTime;
  const key = relation.key.length > 0 ? relation.key : given.key;
  const watermarkDelayMs = relation.watermarkDelayMs || given.watermarkDelayMs;
  return { ...relation, fields, columns, open, eventTime, key, watermarkDelayMs };
}

/** The event time of one source, where a query hands its column on. What it computes, groups or joins has times that the rows bring. */
function timeOf(query: BoundQuery): Pick<CatalogRelation, 'eventTime' | 'watermarkDelayMs'> {
  const unknown = { eventTime: null, watermarkDelayMs: 0 };
  if (query.kind !== 'select' || query.from?.kind !== 'relation' || query.group !== null || query.eventTime !== null) return unknown;
  const { relation, fields } = query.from;
  const at = relation.eventTime === null ? -1 : fields.findIndex((field) => field.name === relation.eventTime);
  const item = at < 0 ? undefined : query.items.find(({ expr }) => expr.kind === 'column' && expr.index === at);
  if (item === undefined) return unknown;
  return { eventTime: item.name, watermarkDelayMs: query.time.watermarkDelayMs ?? relation.watermarkDelayMs };
}

function relationOf(name: string, kind: 'stream' | 'table', query: BoundQuery, open: boolean): CatalogRelation {
  const { fields } = query;
  return {
    name,
    kind,
    fields,
    open,
    ...timeOf(query),
    key: query.kind === 'select' ? query.key.map((k) => k.name) : [],
    description: null,
    columns: new Map(fields.map((f: Field) => [f.name, columnSchema(f)])),
    origin: 'statement',
  };
}
