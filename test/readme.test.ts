// Runs what the documents show: a `ts` block that is followed by a `text` block must print just that.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as core from '@velostream/core';
import { describe, expect, test } from 'vitest';
import { MARKDOWN, ROOT, read } from './tidy/repository.ts';

interface Example {
  readonly name: string;
  readonly code: string;
  readonly output: string;
}

function examplesOf(path: string): Example[] {
  const pairs = read(path).matchAll(/^```ts\n([\s\S]*?)^```\s+```text\n([\s\S]*?)^```/gm);
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

describe('documents', () => {
  const examples = MARKDOWN.flatMap(examplesOf);

  test('the first page has an example that runs', () => {
    expect(examples.some(({ name }) => name.startsWith('README.md'))).toBe(true);
  });

  test.for(examples)('$name prints what it says', async (example, { skip }) => {
    // An example cannot run before what it imports is there; the public surface itself is held by api.txt.
    skip(example.code.includes('createEngine') && !('createEngine' in core), 'the engine is not exported yet');
    expect(await run(example)).toBe(example.output);
  });
});
