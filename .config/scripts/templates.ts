// Writes `packages/core/src/apps/built-in/templates.generated.ts` from `templates/*.yaml`, so that the templates come with the package.
// `npm run templates` writes; a test compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const TARGET = join(root, 'packages/core/src/apps/built-in/templates.generated.ts');

/** The module that holds every template as text. */
export function templatesModule(): string {
  const folder = join(root, 'templates');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const texts = files.map((file) => `  // ${file}\n  ${JSON.stringify(readFileSync(join(folder, file), 'utf8'))},`);
  return [
    '// Made from templates/*.yaml by `npm run templates`; a test compares.',
    '// biome-ignore-all format: data',
    'export const TEMPLATES: readonly string[] = [',
    ...texts,
    '];',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, templatesModule());
