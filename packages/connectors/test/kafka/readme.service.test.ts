import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';

const server = service('kafka');
const root = fileURLToPath(new URL('../../../../', import.meta.url));

test('the README’s example prints what it says', { timeout: 60_000 }, (context) => {
  const { VELO_KAFKA_BROKERS } = server.require(context);
  const text = readFileSync(new URL('../../src/kafka/README.md', import.meta.url), 'utf8');
  const [, code = '', output = ''] = /^```typescript\n([\s\S]*?)^```\s+```text\n([\s\S]*?)^```/m.exec(text) ?? [];
  const folder = `${root}.cache/readme`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/kafka.ts`, code);
  const env = { ...process.env, VELO_KAFKA_BROKERS };
  const args = ['--conditions=@velostream/source', `${folder}/kafka.ts`];
  expect(execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })).toBe(output);
});
