import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { service } from '../../../test/services.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const SERVERS = { postgres: service('postgres'), s3: service('s3'), clickhouse: service('clickhouse') };

for (const [name, server] of Object.entries(SERVERS)) {
  test(`the example in the README of ${name} prints what it says`, (context) => {
    const env = { ...process.env, ...server.require(context) };
    const text = readFileSync(new URL(`../src/${name}/README.md`, import.meta.url), 'utf8');
    const [, code = '', output = ''] = /^```typescript\n([\s\S]*?)^```\s+```text\n([\s\S]*?)^```/m.exec(text) ?? [];
    const folder = `${root}.cache/readme`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name}.ts`, code);
    expect(
      execFileSync(process.execPath, ['--conditions=@velostream/source', `${folder}/${name}.ts`], { cwd: root, env, encoding: 'utf8' }),
    ).toBe(output);
  });
}
