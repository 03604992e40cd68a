import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Longer than a busy machine keeps a process waiting: one that is merely slow must not lose what it holds. */
const LEASE_MS = 2500;

let folder = '';
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'velo-two-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly runs?: readonly string[];
  readonly knows?: readonly string[];
  readonly done?: string;
  readonly failed?: string;
}

/** A studio in a process of its own, on the file that all of them share. */
function studio(leaseMs: number) {
  const program = fileURLToPath(new URL('two-studios.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@velostream/source', program, join(folder, 'studio.db'), String(leaseMs)]);
  started.push(child);
  let rest = '';
  let errors = '';
  let read = 0;
  const said: Said[] = [];
  let wake = (): void => {};
  child.stderr.on('data', (data) => (errors += String(data)));
  child.stdout.on('data', (data) => {
    const lines = (rest + String(data)).split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines.map((line) => JSON.parse(line) as Said));
    wake();
  });
  child.on('exit', () => wake());
  return {
    tell: (word: string) => child.stdin.write(`${word}\n`),
    end: (signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT') => child.kill(signal),
    /** The next thing said that fits, of what was not looked at before. */
    async hears(fits: (s: Said) => boolean): Promise<Said> {
      for (;;) {
        while (read < said.length) {
          const next = said[read++] as Said;
          if (fits(next)) return next;
        }
        if (child.exitCode !== null) throw new Error(`the studio ended: ${errors}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
const runs = (s: Said): boolean => s.runs?.includes('live') === true;
const knowsOnly = (s: Said): boolean => s.runs?.length === 0 && s.knows?.includes('live 1') === true;

test('a deployment runs in one of two processes on one file, and in the other once the first has died', { timeout: 120_000 }, async () => {
  const first = studio(LEASE_MS);
  first.tell('deploy');
  await first.hears(runs);
  const second = studio(LEASE_MS);
  await second.hears(knowsOnly);
  second.tell('stop');
  expect(await second.hears((s) => s.failed !== undefined)).toEqual({ failed: 'conflict' });
  first.end('SIGKILL');
  await second.hears(runs);
  const third = studio(LEASE_MS);
  await third.hears(knowsOnly);
  second.tell('close');
  await third.hears(runs);
});

test('one that was silent for too long gives up what another one has taken over', { timeout: 120_000 }, async () => {
  const first = studio(LEASE_MS);
  first.tell('deploy');
  await first.hears(runs);
  const second = studio(LEASE_MS);
  await second.hears(knowsOnly);
  first.end('SIGSTOP');
  await second.hears(runs);
  first.end('SIGCONT');
  await first.hears(knowsOnly);
});

test('each learns what the others have deployed', { timeout: 120_000 }, async () => {
  const first = studio(LEASE_MS);
  const second = studio(LEASE_MS);
  await second.hears((s) => s.knows?.length === 0);
  first.tell('deploy');
  await first.hears(runs);
  await second.hears(knowsOnly);
});
