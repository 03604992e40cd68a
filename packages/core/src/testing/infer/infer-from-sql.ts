import type { DataField, DataSchema } from '../../protocol/studio/testing.ts';
import type { TypeName } from '../../sql/ast/index.ts';
import { parse } from '../../sql/syntax/index.ts';
import { readType } from '../schema/read-type.ts';
import { type ColumnEvidence, collectEvidence, emptyEvidence, type ScriptEvidence, type SourceEvidence } from './evidence.ts';
import { fieldFromEvidence, keyConstraints } from './field-from-evidence.ts';
import { readHints } from './read-hints.ts';

/** Schemas by source. */
export type DataSchemas = Record<string, DataSchema>;

export interface InferOptions {
  readonly onWarning?: (text: string) => void;
}

/**
 * The input schema of every relation that a script reads and does not make: each column that is named, typed by how it is used,
 * with values on both sides of every threshold; `-- @data.` hints and declared columns win. Columns that are equal in a JOIN draw
 * from the same values. Text that does not parse gives no schemas.
 *
 * @example inferSchema('SELECT symbol, AVG(price) FROM trades GROUP BY symbol')['trades']?.fields.map((f) => f.name) // ['symbol', 'price']
 */
export function inferSchema(sql: string, options: InferOptions = {}): DataSchemas {
  const { statements, trailingComments } = parse(sql);
  const evidence = collectEvidence(statements);
  const schemas: DataSchemas = {};
  for (const source of evidence.sources.values()) schemas[source.name] = schemaOf(source, evidence);
  alignKeys(schemas, evidence);
  const hints = readHints(
    [...statements.flatMap((s) => s.comments), ...trailingComments],
    Object.keys(schemas),
    options.onWarning ?? (() => {}),
  );
  for (const [name, hint] of Object.entries(hints)) {
    const schema = schemas[name];
    if (schema) schemas[name] = hint.apply(schema);
  }
  return schemas;
}

function schemaOf(source: SourceEvidence, evidence: ScriptEvidence): DataSchema {
  const parentKeys = new Set(evidence.joins.filter((j) => j.parent.source === source.name).map((j) => j.parent.column));
  const role = (name: string) => ({
    joined: evidence.joins.some((j) => (j.child.source === source.name ? j.child.column : '') === name),
    isParentKey: parentKeys.has(name),
    spanMs: evidence.spanMs,
  });
  const fields = [...source.columns.values()].map((e) => fieldFromEvidence(e, role(e.name)));
  const declared = source.declared.flatMap((c) => {
    const e = source.columns.get(c.name.text) ?? emptyEvidence(c.name.text);
    const made = declaredField(e, c.type, fieldFromEvidence(e, role(c.name.text)));
    return made ? [c.nullable && !made.constraints?.sequential ? made : { ...made, nullable: false, nullProbability: 0 }] : [];
  });
  const others = fields.filter((f) => !source.declared.some((c) => c.name.text === f.name));
  const all = declared.length > 0 ? [...declared, ...others] : fields;
  // SELECT * over a source of which nothing is known: something to carry.
  return {
    name: source.name,
    fields:
      all.length > 0
        ? all
        : [
            { name: 'id', type: 'integer', constraints: { sequence: { start: 1 } } },
            { name: 'value', type: 'integer' },
          ],
  };
}

/** A declared type decides; the values follow the use where they fit it. Types that rows cannot be made of are left out. */
function declaredField(e: ColumnEvidence, type: TypeName, guessed: DataField): DataField | undefined {
  const read = readType(type.arguments.length > 0 ? `${type.name}(${type.arguments.join(',')})` : type.name);
  if (!read) return undefined;
  if (read.type === guessed.type) return read.scale === undefined ? guessed : { ...guessed, scale: read.scale };
  const isNumeric = (t: string): boolean => t === 'integer' || t === 'float' || t === 'decimal';
  const base = { name: e.name, type: read.type, ...(read.scale === undefined ? {} : { scale: read.scale }) };
  if (read.type === 'timestamp') return { ...base, constraints: { sequential: true } };
  if (isNumeric(read.type) && isNumeric(guessed.type))
    return { ...base, ...(guessed.constraints ? { constraints: guessed.constraints } : {}) };
  if (read.type === 'integer' && (e.uses.has('join') || e.uses.has('group')))
    return { ...base, constraints: { range: { min: 1, max: 20 } } };
  if (isNumeric(read.type)) return { ...base, constraints: { range: { min: 1, max: 500 } } };
  if (read.type === 'string') return { ...base, constraints: keyConstraints(e.name) };
  return base;
}

/** Rows of a relation that others look up: one per key. */
const DIMENSION_ROWS = 20;

/** Nothing says when its rows happened: a relation that others look things up in. */
const isDimension = (schema: DataSchema, source: SourceEvidence | undefined): boolean =>
  source?.isTable === true || !schema.fields.some((f) => f.type === 'timestamp');

/** Columns that meet in a JOIN have one type; the child draws from the parent, whose keys are unique where rows are looked up in it. */
function alignKeys(schemas: DataSchemas, { joins, sources }: ScriptEvidence): void {
  for (const { child, parent, timed } of joins) {
    const childSchema = schemas[child.source];
    const parentSchema = schemas[parent.source];
    const childField = childSchema?.fields.find((f) => f.name === child.column);
    const parentField = parentSchema?.fields.find((f) => f.name === parent.column);
    if (!childSchema || !parentSchema || !childField || !parentField || childField.type === 'timestamp') continue;
    const isDeclared = (source: string, name: string): boolean => sources.get(source)?.declared.some((c) => c.name.text === name) === true;
    const leading = isDeclared(parent.source, parent.column) || !isDeclared(child.source, child.column) ? parentField : childField;
    const shared = childField.constraints?.enum_values && childField.type === 'string' ? childField : leading;
    const parentShape: DataField = { ...shared, name: parent.column, type: leading.type };
    const unique = !timed && isDimension(parentSchema, sources.get(parent.source));
    replaceField(schemas, parent.source, unique ? uniqueKey(parentShape) : parentShape);
    if (unique)
      schemas[parent.source] = { ...(schemas[parent.source] as DataSchema), recordCount: DIMENSION_ROWS, keyField: parent.column };
    replaceField(schemas, child.source, { ...shared, name: child.column, type: leading.type });
    const updated = schemas[child.source] as DataSchema;
    if (!updated.relationships?.some((r) => r.field === child.column))
      schemas[child.source] = {
        ...updated,
        relationships: [
          ...(updated.relationships ?? []),
          { field: child.column, references: `${parent.source}.${parent.column}`, strategy: 'sample' },
        ],
      };
  }
}

/** Each value once, in order. */
function uniqueKey({ constraints, ...field }: DataField): DataField {
  if (field.type === 'integer') return { ...field, nullable: false, nullProbability: 0, constraints: { sequence: { start: 1 } } };
  return { ...field, nullable: false, nullProbability: 0, constraints: { ...constraints, sequential: true } };
}

function replaceField(schemas: DataSchemas, source: string, field: DataField): void {
  const schema = schemas[source];
  if (schema) schemas[source] = { ...schema, fields: schema.fields.map((f) => (f.name === field.name ? field : f)) };
}
