import { testingError } from '../../diagnostics/codes/testing.ts';
import type { DataSchema } from '../../protocol/studio/testing.ts';
import { readDataSchema } from '../schema/read-schema.ts';
import type { TestSpec } from '../spec/test-spec.ts';
import type { FileReader } from './files.ts';

export interface SchemaPlaces {
  readonly spec: TestSpec;
  readonly files: FileReader;
  readonly folder: string | undefined;
  /** Not finding it ends the query. */
  readonly required: boolean;
  warn(text: string): void;
}

const stemOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.ya?ml$/i, '')
    .replace(/\.schema$/i, '');

/**
 * The schema of a name or path: in the spec, as a file, else among the files of the schema folder, by the name inside first and by the
 * file's name then. A file that cannot be read is told and passed over.
 */
export async function findSchema(name: string, o: SchemaPlaces): Promise<DataSchema | undefined> {
  const inSpec = o.spec.schemas[name];
  if (typeof inSpec === 'object') return inSpec;
  const path = inSpec ?? (/\.(ya?ml|json)$/i.test(name) ? name : undefined);
  if (path !== undefined) {
    const text = await o.files.read(path);
    if (text !== null) {
      const read = readDataSchema(text, stemOf(path));
      for (const w of read.warnings) o.warn(`${path}: ${w}`);
      return read.schema;
    }
    if (o.required) throw testingError('VS5405', { path, problem: 'there is no such schema file' });
    return undefined;
  }
  const found = await inFolder(name, o);
  if (!found && o.required) throw testingError('VS5402', { what: o.spec.application, problem: `there is no schema "${name}"` });
  return found;
}

async function inFolder(name: string, o: SchemaPlaces): Promise<DataSchema | undefined> {
  if (o.folder === undefined || !o.files.list) return undefined;
  const names = (await o.files.list(o.folder)).filter((n) => /\.ya?ml$/i.test(n));
  const read: { stem: string; schema: DataSchema }[] = [];
  for (const file of names) {
    const text = await o.files.read(`${o.folder}/${file}`);
    if (text === null) continue;
    try {
      read.push({ stem: stemOf(file), schema: readDataSchema(text, stemOf(file)).schema });
    } catch (error) {
      o.warn(`${file} is passed over: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return (read.find((r) => r.schema.name === name) ?? read.find((r) => r.stem === name))?.schema;
}
