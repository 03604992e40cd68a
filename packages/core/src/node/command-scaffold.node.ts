import { chmod, readdir } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import type { Command } from './command.ts';
import { writeNew } from './test-files.node.ts';
import { UsageError } from './usage-error.ts';

const STYLES = ['simple', 'tiered', 'minimal'] as const;
type Style = (typeof STYLES)[number];

/** `velo scaffold`: a script that runs every test of a project. */
export const scaffoldCommand: Command = {
  name: 'scaffold',
  about:
    'Write a shell script that runs all tests of a project. How they lie is found: tier*_*/ folders, apps/ with tests/, or one SQL file.',
  takes: '[directory] [options]',
  options: [
    { name: 'out', short: 'o', value: '<file>', about: 'Where the script goes; run-tests.sh in the directory by default.' },
    { name: 'name', short: 'n', value: '<name>', about: 'Name of the project; that of the directory by default.' },
    { name: 'style', value: '<name>', choices: STYLES, about: 'How the tests lie; found by default.' },
    { name: 'velo-path', value: '<path>', about: 'The command that is called; velo by default.' },
    { name: 'yes', short: 'y', about: 'Write over a file that is there.' },
    { name: 'json', about: 'Problems as JSON.' },
  ],
  examples: ['velo scaffold', 'velo scaffold demo --style simple --velo-path ./node_modules/.bin/velo'],
  async run(args, terminal) {
    const [directory = '.', ...more] = args.positionals;
    if (more.length > 0) throw new UsageError('one directory is expected', 'Run velo scaffold once for each project.');
    const folder = resolve(terminal.cwd, directory);
    const style = (args.text('style') as Style | undefined) ?? (await styleOf(folder));
    const name = args.text('name') ?? basename(folder);
    if (!/^[\w .-]{1,80}$/.test(name))
      throw new UsageError(`"${name}" is no name of a project`, 'Use letters, digits, spaces, ".", "-" and "_".');
    const out = resolve(terminal.cwd, args.text('out') ?? resolve(folder, 'run-tests.sh'));
    await writeNew(out, scriptOf(style, name, args.text('velo-path') ?? 'velo'), args.has('yes'));
    await chmod(out, 0o755);
    await terminal.stdout.write(`${relative(terminal.cwd, out)}: ${style}\n`);
    return 0;
  },
};

async function styleOf(folder: string): Promise<Style> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`"${folder}" cannot be read`, 'Give the directory of the project.');
  });
  if (names.some((name) => /^tier\d+_/.test(name))) return 'tiered';
  const apps = await readdir(resolve(folder, 'apps')).catch((): string[] => []);
  if (names.includes('tests') && apps.some((name) => name.endsWith('.sql'))) return 'simple';
  if (names.filter((name) => name.endsWith('.sql') && !name.endsWith('.annotated.sql')).length > 0) return 'minimal';
  throw new UsageError(
    'nothing to test was found',
    'Expected are folders tier<n>_<name>, apps/*.sql with tests/, or a SQL file; or give --style.',
  );
}

const FILES: Readonly<Record<Style, string>> = {
  tiered: 'tier*_*/*.sql',
  simple: 'apps/*.sql',
  minimal: '*.sql',
};

/** Quoted for a shell: what stands in it is text and nothing else. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const scriptOf = (style: Style, name: string, velo: string): string => `#!/bin/sh
# Runs the tests of ${name}. Ends with 1 when one fails. Arguments go to "velo test", e.g. --format junit.
cd "$(dirname "$0")" || exit 2
velo=\${VELO:-${quoted(velo)}}
failed=0
total=0
for file in ${FILES[style]}; do
  case "$file" in *.annotated.sql | *'*'*) continue ;; esac
  total=$((total + 1))
  echo "== $file"
  "$velo" test "$file" "$@" || failed=$((failed + 1))
done
echo "$((total - failed)) of $total passed"
[ "$total" -gt 0 ] && [ "$failed" -eq 0 ]
`;
