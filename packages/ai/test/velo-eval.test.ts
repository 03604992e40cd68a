import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startFakeAnthropic } from '../src/testing/fake-anthropic.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../core/src/node/cli.node.ts', import.meta.url));
const here = fileURLToPath(new URL('..', import.meta.url));

async function evaluate(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { cwd: here, timeout: 120_000, maxBuffer: 32 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '', ...env } };
  const { stdout } = await run(process.execPath, ['--conditions=@velostream/source', cli, 'eval', ...args], options).catch(
    (cause: { stdout: string; stderr: string; code: number }) => ({ stdout: cause.stdout || cause.stderr }),
  );
  return stdout;
}

describe('velo eval', { timeout: 150_000 }, () => {
  test('measures the offline assistant on one set, with every case', async () => {
    const { title, score, cases } = JSON.parse(await evaluate(['--only', 'gaming', '--json'])) as {
      title: string;
      score: { answered: { hits: number; total: number }; valid: { hits: number; total: number }; match: { hits: number; total: number } };
      cases: { case: { id: string }; valid: boolean }[];
    };
    expect(title).toContain('offline, gaming');
    expect(cases.length).toBeGreaterThan(30);
    expect(score.valid.hits).toBe(score.valid.total);
    expect(score.match.hits / score.match.total).toBeGreaterThanOrEqual(0.92);
  });

  test('a replayed run says that it is not live', async () => {
    const refusals = Array.from({ length: 60 }, () => ({ content: [], stop_reason: 'refusal' }));
    const fake = await startFakeAnthropic(refusals);
    const text = await evaluate(['--assistant', 'replay', '--only', 'health'], { ANTHROPIC_BASE_URL: fake.url });
    await fake.close();
    expect(text).toContain('replayed, not live');
    expect(fake.requests.length).toBeGreaterThan(30);
  });

  test('a set that does not exist is named with those that do', async () => {
    expect(await evaluate(['--only', 'nothing'])).toMatch(/no set "nothing"[\s\S]*rides/);
  });
});
