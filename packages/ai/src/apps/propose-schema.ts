import { inputSchemas, loadTemplates } from '@velostream/core/apps';
import type { TableSchema } from '@velostream/core/protocol';
import { rankTemplates } from './pick-template.ts';

/** Fields that a topic usually has, where nothing is connected yet: those of the template whose words fit best. */
export async function proposeSchema(
  prompt: string,
): Promise<{ readonly name: string; readonly schema: TableSchema; readonly from: string } | undefined> {
  const [best] = await rankTemplates(prompt, {});
  const template = best && best.byWords > 0.2 ? best.template : undefined;
  if (!template || (await loadTemplates()).length === 0) return undefined;
  const schemas = inputSchemas(template);
  const [name] = Object.keys(schemas);
  const schema = name === undefined ? undefined : schemas[name];
  return name === undefined || !schema ? undefined : { name, schema, from: template.name };
}
