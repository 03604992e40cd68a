// Runs what the documents show: a `ts` block that is followed by a `text` block must print just that.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from '@velostream/core/sql';
import { describe, expect, test } from 'vitest';
import { MARKDOWN, ROOT, read } from './tidy/repository.ts';

interface Example {
  readonly name: string;
  readonly code: string;
  readonly output: string;
}

function examplesOf(path: string): Example[] {
  const pairs = read(path).matchAll(/^```ts\n((?:(?!^```)[\s\S])*)^```\s+```text\n([\s\S]*?)^```/gm);
  return [...pairs].map(([, code = '', output = ''], i) => ({ name: `${path} #${i + 1}`, code, output }));
}

/** As a user would: a file of their own, plain Node, our packages by name. */
async function run({ name, code }: Example): Promise<string> {
  const folder = join(ROOT, '.cache', 'readme');
  const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@velostream/source', file], { cwd: ROOT });
  return stdout;
}

/** A file that a reader would save under the name in its first line, run by vitest as a reader would. */
async function runTestFile(code: string): Promise<unknown> {
  const folder = join(ROOT, '.cache', 'readme');
  const report = join(folder, 'report.json');
  const name = /^\/\/ (\S+\.test\.ts)\n/.exec(code)?.[1] as string;
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, code);
  const config = join(folder, 'vitest.config.mjs');
  const conditions = "['@velostream/source', 'module', 'node', 'development|production']";
  writeFileSync(config, `export default { resolve: { conditions: ${conditions} }, ssr: { resolve: { conditions: ${conditions} } } };\n`);
  const program = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [program, 'run', '--root', folder, '--config', config, '--reporter=json', `--outputFile=${report}`, name];
  // A test that fails ends vitest with 1; what counts is the report.
  await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(() => {});
  return JSON.parse(readFileSync(report, 'utf8'));
}

const testFilesOf = (path: string): string[] =>
  [...read(path).matchAll(/^```ts\n(\/\/ \S+\.test\.ts\n[\s\S]*?)^```/gm)].map(([, code = '']) => code);

describe('documents', () => {
  test('the test on the first page passes in vitest, and fails without its last step of time', async () => {
    const [code] = testFilesOf('README.md');
    if (code === undefined) throw new Error('the first page shows no test file');
    // Who installs the package sees the page that is packed with it.
    expect(testFilesOf('packages/core/README.md')).toEqual([code]);
    expect(await runTestFile(code)).toMatchObject({ numPassedTests: 1, numFailedTests: 0 });
    const early = await runTestFile(code.replace(/^.*\.advanceTo.*\n/m, ''));
    expect(early).toMatchObject({ numPassedTests: 0, numFailedTests: 1 });
    expect(JSON.stringify(early)).toContain('No window has closed yet');
  }, 60_000);

  const examples = MARKDOWN.flatMap(examplesOf);

  test('the first page has an example that runs', () => {
    expect(examples.some(({ name }) => name.startsWith('README.md'))).toBe(true);
  });

  test('every SQL that is shown is right', () => {
    const wrong = MARKDOWN.flatMap((path) =>
      [...read(path).matchAll(/^```sql\n([\s\S]*?)^```/gm)].flatMap(([, sql = '']) =>
        validate(sql)
          .filter(({ severity }) => severity === 'error')
          .map(({ line, message }) => `${path}: ${message} in "${sql.split('\n')[line - 1]}"`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.for(examples)('$name prints what it says', async (example) => {
    expect(await run(example)).toBe(example.output);
  });
});
