import type { Template, TemplateInput } from '../../protocol/studio/template.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';

/** Words of exploration and templates, as the dialect spells them; everything else is SQL already. */
const SQL_TYPES: Readonly<Record<string, string>> = {
  text: 'STRING',
  string: 'STRING',
  number: 'FLOAT',
  float: 'FLOAT',
  double: 'FLOAT',
  integer: 'INTEGER',
  int: 'INTEGER',
  long: 'INTEGER',
  boolean: 'BOOLEAN',
  bool: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  timestamp: 'TIMESTAMP',
  date: 'DATE',
  decimal: 'DECIMAL(18, 4)',
  uuid: 'STRING',
};

export const sqlTypeOf = (word: string): string => SQL_TYPES[word.trim().toLowerCase()] ?? word.trim().toUpperCase();

export function inputSchema(input: TemplateInput): TableSchema {
  return {
    columns: input.fields.map(({ name, type, required, description }) => ({
      name,
      type: sqlTypeOf(type),
      nullable: !required,
      ...(description === undefined ? {} : { description }),
    })),
    ...(input.eventTime === undefined ? {} : { eventTime: input.eventTime }),
    ...(input.description === undefined ? {} : { description: input.description }),
  };
}

/** Schemas of everything that a template reads, by topic. */
export const inputSchemas = (template: Template): Readonly<Record<string, TableSchema>> =>
  Object.fromEntries(template.inputs.map((input) => [input.topic, inputSchema(input)]));
