import type { Value } from '../../protocol/query.ts';
import type { AnomalyRule, DataField, DataSchema } from '../../protocol/studio/testing.ts';
import { createRandom } from '../../values/generate/random.ts';
import { coerceTo } from './coerce.ts';

/** Column that says which rule a row is an example of. */
const ANOMALY_LABEL = '_anomaly';

/** Names of the label columns of a schema. */
export const anomalyLabels = (schema: DataSchema): readonly string[] => [
  ...new Set((schema.anomalies ?? []).map((rule) => rule.labelField ?? ANOMALY_LABEL)),
];

/** Changes a row by the rules that hit it, and labels it: the truth that a detector is measured against. */
export function anomalyMaker(schema: DataSchema, seed: number, now: number): (row: Record<string, Value>) => void {
  const rules = (schema.anomalies ?? []).flatMap((rule) => {
    const field = schema.fields.find((f) => f.name === rule.field);
    return field ? [{ rule, field, random: createRandom(seed, `${schema.name}\0anomaly\0${rule.name}`) }] : [];
  });
  const labels = anomalyLabels(schema);
  return (row) => {
    for (const label of labels) row[label] = null;
    for (const { rule, field, random } of rules) {
      if (random.next() >= rule.rate) continue;
      row[field.name] = changed(rule, field, row[field.name] ?? null, now);
      row[rule.labelField ?? ANOMALY_LABEL] = rule.name;
    }
  };
}

function changed(rule: AnomalyRule, field: DataField, value: Value, now: number): Value {
  const factor = rule.factor ?? 10;
  switch (rule.kind) {
    case 'null':
      return null;
    case 'constant':
      return coerceTo(field, rule.value ?? 0, now);
    case 'missing-digits':
      return typeof value === 'string'
        ? value.slice(0, Math.max(1, value.length >> 1))
        : coerceTo(field, Math.trunc(Number(value) / 100), now);
    case 'drop':
      return coerceTo(field, Number(value) / factor, now);
    case 'spike':
      return coerceTo(field, Number(value) * factor, now);
  }
}
