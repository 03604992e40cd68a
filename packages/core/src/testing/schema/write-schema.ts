import { stringify } from 'yaml';
import type { DataField, DataSchema } from '../../protocol/studio/testing.ts';

/** The canonical YAML of a schema. Reading it again gives the same schema. */
export function writeDataSchema(schema: DataSchema): string {
  const { name, namespace, description, recordCount, keyField, fields, relationships, anomalies, extras } = schema;
  return stringify(
    {
      name,
      ...defined({ namespace, description, record_count: recordCount, key_field: keyField }),
      fields: fields.map(fieldMap),
      ...(relationships && relationships.length > 0 ? { relationships } : {}),
      ...(anomalies && anomalies.length > 0
        ? { anomalies: anomalies.map(({ labelField, ...rest }) => ({ ...rest, ...defined({ label_field: labelField }) })) }
        : {}),
      ...extras,
    },
    { lineWidth: 120 },
  );
}

function fieldMap({ name, type, scale, nullable, nullProbability, description, constraints, extras }: DataField): Record<string, unknown> {
  return {
    name,
    type: type === 'decimal' ? `decimal(${scale ?? 4})` : type,
    ...defined({ nullable, null_probability: nullProbability, description }),
    ...(constraints && Object.keys(constraints).length > 0 ? { constraints: constraintMap(constraints) } : {}),
    ...extras,
  };
}

/** `distribution: {name: normal, mean: 1}` is written `distribution: {normal: {mean: 1}}`. */
function constraintMap({ distribution, ...rest }: NonNullable<DataField['constraints']>): Record<string, unknown> {
  if (distribution === undefined) return rest;
  const { name, ...parameters } = distribution;
  return { ...rest, distribution: Object.keys(parameters).length > 0 ? { [name]: parameters } : name };
}

const defined = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));
