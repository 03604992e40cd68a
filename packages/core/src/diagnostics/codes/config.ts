import { code, problemFactory } from '../define-codes.ts';

/** VS212x and VS213x: WITH properties, sinks and sources of jobs, annotations beside the output they speak of. */
export const CONFIG_CODES = {
  VS2120: code<{ key: string; nearest: string | undefined }>({
    reason: 'unknown-property',
    severity: 'warning',
    message: ({ key }) => `property "${key}" is not known`,
    hint: ({ nearest }) => (nearest === undefined ? 'It is passed on to the connector as it is.' : `Did you mean "${nearest}"?`),
  }),
  VS2121: code<{ key: string; value: string; allowed: string }>({
    reason: 'property-value',
    severity: 'error',
    message: ({ key, value }) => `property "${key}" cannot be "${value}"`,
    hint: ({ allowed }) => `Use ${allowed}.`,
  }),
  VS2122: code<{ name: string }>({
    reason: 'missing-sink',
    severity: 'error',
    message: ({ name }) => `"${name}" has no sink`,
    hint: ({ name }) => `Add '${name}.type' = 'kafka_sink' (or file_sink, s3_sink, …) to WITH.`,
  }),
  VS2123: code<{ name: string }>({
    reason: 'missing-source',
    severity: 'error',
    message: ({ name }) => `"${name}" has no source`,
    hint: ({ name }) => `Add '${name}.type' = 'kafka_source' (or file_source, s3_source, database_source) to WITH.`,
  }),
  VS2124: code<{ key: string; of: string }>({
    reason: 'missing-property',
    severity: 'error',
    message: ({ key, of }) => `${of} needs the property "${key}"`,
    hint: ({ key }) => `Add '${key}' = '…' to WITH.`,
  }),
  VS2125: code({
    reason: 'long-retention',
    severity: 'warning',
    message: () => 'more than 30 days of a normal table are kept in memory',
    hint: () => "Shorten 'retention', or use 'table_model' = 'compact'.",
  }),
  VS2126: code<{ sink: string }>({
    reason: 'key-without-use',
    severity: 'warning',
    message: ({ sink }) => `PRIMARY KEY has no effect on the file sink "${sink}"`,
    hint: () => 'Files have no message keys; leave PRIMARY KEY out or use a Kafka sink.',
  }),
  VS2130: code<{ what: string; name: string; nearest: string | undefined; known: readonly string[] }>({
    reason: 'annotation-column',
    severity: 'warning',
    message: ({ what, name }) => `${what} "${name}" is not in the output of the statement`,
    hint: ({ nearest, known }) =>
      nearest === undefined ? `Output columns: ${known.slice(0, 12).join(', ')}.` : `Did you mean "${nearest}"?`,
  }),
  VS2131: code<{ metric: string; type: string }>({
    reason: 'metric-without-field',
    severity: 'warning',
    message: ({ metric, type }) => `no output column fits the ${type} "${metric}", it is not emitted`,
    hint: () => 'Name the column to measure with @metric_field.',
  }),
  VS2132: code<{ metric: string; type: string; other: string }>({
    reason: 'metric-types',
    severity: 'error',
    message: ({ metric, type, other }) => `metric "${metric}" is a ${type} here and a ${other} elsewhere`,
    hint: () => 'Give one of them another name.',
  }),
  VS2133: code<{ metric: string; field: string; type: string }>({
    reason: 'metric-field-type',
    severity: 'warning',
    message: ({ metric, field, type }) => `column "${field}" of metric "${metric}" is ${type}, not a number`,
    hint: () => 'Measure a numeric column.',
  }),
};

/** Makes problems of the configuration codes. */
export const configProblem = problemFactory(CONFIG_CODES);
