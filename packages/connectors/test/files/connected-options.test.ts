import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStudio } from '@velostream/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { files } from '../../src/files/index.ts';

let folder: string;
const open: { close(): Promise<void> }[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'velo-connected-'));
  writeFileSync(join(folder, 'plain.csv'), 'A;1\nB;2\n');
  writeFileSync(join(folder, 'other.csv'), 'C;3\n');
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function connected(uri: string, options?: Record<string, unknown>) {
  const studio = createStudio({ connectors: [files({ roots: [folder] })] });
  open.push(studio);
  const session = await studio.sessions.create();
  await session.connect(uri, options === undefined ? {} : { options });
  return { studio, session };
}
const valuesOf = (rows: readonly object[]): unknown[][] => rows.map((row) => Object.values(row));

describe('options in the query part of a connected address', () => {
  test('hold for the file that was connected, in a look and in a query', async () => {
    const { studio, session } = await connected(`file://${folder}/plain.csv?header=false&delimiter=;`);
    const [source] = await studio.sources.list({ sessionId: session.id });
    expect(source?.name).toBe('plain.csv');
    const peek = await studio.sources.peek(source?.id ?? '', { sessionId: session.id });
    expect(valuesOf(peek.rows)).toEqual(
      [
        ['A', '1'],
        ['B', '2'],
      ].map(([symbol, n]) => [symbol, Number(n)]),
    );
    expect(valuesOf(await session.execute('SELECT * FROM plain').rows())).toEqual(valuesOf(peek.rows));
  });

  test('hold for every file of a folder', async () => {
    const { session } = await connected(`file://${folder}?header=false&delimiter=;`);
    expect(valuesOf(await session.execute('SELECT * FROM other').rows())).toEqual([['C', 3]]);
  });

  test('give way to what the call says itself', async () => {
    const { session } = await connected(`file://${folder}/other.csv?header=false&delimiter=,`, { delimiter: ';' });
    expect(valuesOf(await session.execute('SELECT * FROM other').rows())).toEqual([['C', 3]]);
  });

  test('are kept with a deployment that reads the file', async () => {
    const { studio, session } = await connected(`file://${folder}/plain.csv?header=false&delimiter=;`);
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: 'SELECT * FROM plain', sink: `file://${folder}/out.jsonl` }] };
    const { hash } = (await session.plan?.({ name: 'copy', app })) ?? { hash: '' };
    await session.deploy({ name: 'copy', app, planHash: hash });
    const statusOf = async () => (await studio.deployments.get('copy')).jobs[0]?.status;
    for (let i = 0; i < 6000 && (await statusOf()) !== 'finished'; i++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await statusOf()).toBe('finished');
    expect(readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2);
  });
});
