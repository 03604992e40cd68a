import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createEngine } from '@velostream/core';
import { afterEach, describe, expect, test } from 'vitest';
import { files } from '../../src/files/files.ts';
import type { FileJobRun } from './file-job.fixture.ts';

const program = fileURLToPath(new URL('./file-job.fixture.ts', import.meta.url));
const ROWS = 3_000;
const cleanups: string[] = [];
afterEach(async () => {
  for (const path of cleanups.splice(0)) await rm(path, { recursive: true, force: true });
});

function start(run: FileJobRun): { readonly signal: string | null; readonly status: number | null; readonly output: string } {
  const { signal, status, stderr } = spawnSync(process.execPath, ['--conditions=@velostream/source', program, JSON.stringify(run)], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { signal, status, output: stderr };
}

/** What the job must write, computed without it. */
const expected = (): string[] => {
  const states = new Map<string, [number, number]>();
  return Array.from({ length: ROWS }, (_, id) => {
    const name = `n${id % 7}`;
    const [n, total] = states.get(name) ?? [0, 0];
    states.set(name, [n + 1, total + id]);
    return `${name},${n + 1},${total + id}`;
  });
};

/** Kills run after run at a later call each time, then lets one end; gives the folder that was written to. */
async function killedAgainAndAgain(into: string, calls: readonly number[]): Promise<{ root: string; kills: number; again: () => void }> {
  const root = await mkdtemp(join(tmpdir(), 'velo-file-job-'));
  cleanups.push(root);
  const run = { root, directory: join(root, 'state'), into, rows: ROWS };
  let kills = 0;
  for (const killAt of calls) {
    const { signal, status, output } = start({ ...run, killAt });
    if (signal === 'SIGKILL') kills++;
    else expect(status, output).toBe(0);
  }
  const end = (): void => {
    const last = start({ ...run, killAt: 0 });
    expect(last.status, last.output).toBe(0);
  };
  end();
  return { root, kills, again: end };
}

const linesOf = async (root: string, pattern: RegExp, unpack = (bytes: Buffer) => bytes): Promise<string[]> => {
  const names = (await readdir(root)).filter((name) => pattern.test(name)).sort();
  const texts = await Promise.all(names.map(async (name) => unpack(await readFile(join(root, name))).toString()));
  return texts.flatMap((text) => text.split('\n').slice(1, -1));
};

describe('a job that writes a file and is killed', () => {
  test('at every kind of call goes on exactly once, and again adds nothing', { timeout: 180_000 }, async () => {
    const calls = Array.from({ length: 12 }, (_, i) => i * 4 + 3);
    const { root, kills, again } = await killedAgainAndAgain('file://out.csv?job=totals', calls);
    expect(kills).toBeGreaterThan(9);
    expect(await linesOf(root, /^out\.csv$/)).toEqual(expected());
    again();
    expect(await linesOf(root, /^out\.csv$/)).toEqual(expected());
    expect((await readdir(root)).sort()).toEqual(['out.csv', 'out.csv.commit', 'state']);
  });

  test.each([
    ['that is packed', 'file://out.csv.gz?job=totals', /^out\.csv\.gz$/, gunzipSync],
    ['that is one of many', 'file://out.csv?job=totals&max_records_per_file=100', /^out-\d+\.csv$/, undefined],
  ] as const)('%s goes on exactly once', { timeout: 120_000 }, async (_, into, pattern, unpack) => {
    const { root, kills } = await killedAgainAndAgain(into, [9, 20, 31, 42, 53]);
    expect(kills).toBeGreaterThan(3);
    expect(await linesOf(root, pattern, unpack)).toEqual(expected());
  });

  test('of a format that cannot grow goes on exactly once', { timeout: 120_000 }, async () => {
    const { root, kills } = await killedAgainAndAgain('file://out.parquet?job=totals', [12, 38, 64]);
    expect(kills).toBeGreaterThan(1);
    const engine = createEngine({ connectors: [files({ roots: [root] })] });
    const rows = await engine.run("SELECT name, n, total FROM 'file://out*.parquet'").rows();
    expect(rows.map((row) => `${row['name']},${row['n']},${row['total']}`).sort()).toEqual(expected().sort());
    await engine.close();
  });

  test('loses nothing without the name of a job, but repeats', { timeout: 120_000 }, async () => {
    const { root } = await killedAgainAndAgain('file://out.csv', [14, 18, 22, 26, 30, 34, 38]);
    const lines = await linesOf(root, /^out\.csv$/);
    expect(new Set(lines)).toEqual(new Set(expected()));
    expect(lines.length).toBeGreaterThan(ROWS);
  });
});
