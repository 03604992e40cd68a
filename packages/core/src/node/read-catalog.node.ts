import { VeloError } from '../diagnostics/velo-error.ts';
import type { Catalog } from '../sql/catalog/catalog.ts';
import { createCatalog } from '../sql/catalog/create-catalog.ts';
import type { TableSchema } from '../sql/catalog/schema.ts';
import type { CommandArguments, CommandOption } from './command.ts';
import { readInput } from './read-input.node.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

export const CATALOG_OPTION: CommandOption = {
  name: 'catalog',
  value: '<file.json>',
  about: 'Schemas by name, so that names and types are checked: {"trades": {"columns": [{"name": "price", "type": "FLOAT"}]}}.',
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function isTableSchema(value: unknown): value is TableSchema {
  if (!isObject(value) || !Array.isArray(value['columns'])) return false;
  return value['columns'].every((c: unknown) => isObject(c) && typeof c['name'] === 'string' && typeof c['type'] === 'string');
}

/** The catalog that `--catalog` names; undefined without it. @throws {UsageError} when the file does not describe one. */
export async function readCatalog(args: CommandArguments, terminal: Terminal): Promise<Catalog | undefined> {
  const name = args.text('catalog');
  if (name === undefined) return undefined;
  const { sql: text } = await readInput(name, terminal, 'Check the path in --catalog.');
  const tables = new Map<string, TableSchema>();
  for (const [table, schema] of Object.entries(parsed(name, text))) {
    if (!isTableSchema(schema)) {
      throw new UsageError(`"${name}": "${table}" has no list of columns`, 'Each column needs a "name" and a "type", both text.');
    }
    tables.set(table, schema);
  }
  try {
    return createCatalog(Object.fromEntries(tables));
  } catch (error) {
    if (VeloError.is(error)) throw new UsageError(`"${name}": ${error.message}`, error.hint);
    throw error;
  }
}

function parsed(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`"${name}" is no JSON: ${error instanceof Error ? error.message : error}`, 'Correct the file.');
  }
  if (!isObject(value)) throw new UsageError(`"${name}" is no JSON object`, 'Write one key for each stream or table.');
  return value;
}
