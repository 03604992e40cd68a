import type { Field } from '../../../values/column.ts';
import type { BoundFrom, TimeSettings } from '../../bind/bound.ts';
import type { PlanNode, ScanNode } from '../plan.ts';
import { APPEND, type BuiltQuery, type BuiltRow, columnOf, type Identity, identityOn } from './built-row.ts';
import type { BuildContext } from './context.ts';
import { rareBuilders } from './rare-builders.ts';
import { watermarkOver } from './watermark-over.ts';

/** FROM without a relation: one row without columns. */
export const constantRow = (): BuiltRow => ({
  node: { kind: 'values', rows: [[]], fields: [], changes: 'append' },
  at: [],
  identity: APPEND,
});

export function buildFrom(from: BoundFrom, time: TimeSettings, context: BuildContext): BuiltRow {
  switch (from.kind) {
    case 'relation':
      return buildRelation(from, time, context);
    case 'derived':
      return derivedRow(context.query(from.query, null), from.fields);
    case 'join':
      return rareBuilders().buildJoin(from, time, context);
  }
}

/** The result of an inner query as a row. */
export const derivedRow = (built: BuiltQuery, fields: readonly Field[]): BuiltRow => ({
  node: built.node,
  at: identityOn(fields),
  identity: built.identity,
});

type BoundRelation = Extract<BoundFrom, { kind: 'relation' }>;

function buildRelation(from: BoundRelation, time: TimeSettings, context: BuildContext): BuiltRow {
  const { relation, fields } = from;
  context.relations.set(relation.name, relation);
  const output = context.options.relationChanges?.(relation.name);
  const scan: ScanNode = {
    kind: 'scan',
    relation: relation.name,
    relationKind: relation.kind,
    columns: fields.map((field) => field.name),
    filter: null,
    system: [],
    uri: from.uri,
    properties: from.properties,
    fields,
    changes: output?.changes ?? 'append',
  };
  return { node: withEventTime(scan, from, time, context), at: identityOn(fields), identity: identityOf(scan, output?.key ?? null) };
}

/**
 * A source gets a watermark of its own: of its declared event time, or of the times that its rows bring. The output
 * of another statement brings the watermark along, unless the query sets a delay for it.
 */
function withEventTime(scan: ScanNode, from: BoundRelation, time: TimeSettings, context: BuildContext): PlanNode {
  const { relation, fields } = from;
  const index = relation.eventTime === null ? -1 : fields.findIndex((field) => field.name === relation.eventTime);
  if (relation.origin === 'statement' && time.watermarkDelayMs === null) return scan;
  if (relation.kind === 'table' && index < 0) return scan;
  const field = fields[index];
  return watermarkOver(
    scan,
    field === undefined ? null : columnOf(field, index),
    time.watermarkDelayMs ?? relation.watermarkDelayMs,
    time,
    context,
  );
}

function identityOf(scan: ScanNode, key: readonly string[] | null): Identity {
  if (scan.changes === 'append') return APPEND;
  const columns = key?.map((name) => scan.columns.indexOf(name)) ?? [];
  return key === null || columns.includes(-1) ? { kind: 'row' } : { kind: 'key', columns };
}
