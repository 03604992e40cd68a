import { beforeEach, describe, expect, test } from 'vitest';
import type { ConnectorDefinition } from '../connect/connector.ts';
import { datagen } from '../connect/datagen/datagen.ts';
import { createEngine } from './create-engine.ts';

/** A generator that counts what is described and not closed; an address may ask for a failure. */
let open = 0;
const counted = (): ConnectorDefinition => {
  const real = datagen();
  return {
    ...real,
    name: 'counted',
    schemes: ['counted'],
    fromUri: (uri) => real.fromUri?.(uri.replace(/^counted:/, 'datagen:').replace('broken', 'trades')) ?? {},
    source(options, host) {
      const source = real.source?.(options as never, host);
      if (!source) throw new Error('the generator has no source');
      let isOpen = false;
      return {
        ...source,
        read: (request) => source.read(request),
        async describe(signal) {
          isOpen = true;
          open++;
          return source.describe(signal);
        },
        async close() {
          if (isOpen) open--;
          isOpen = false;
          await source.close?.();
        },
      };
    },
  } as ConnectorDefinition;
};
const engineOf = (sources: Record<string, string>) =>
  createEngine({ connectors: [counted()], sources: Object.fromEntries(Object.entries(sources).map(([name, uri]) => [name, { uri }])) });
beforeEach(() => {
  open = 0;
});

describe('a source that was described and never read', () => {
  test('is closed with the engine', async () => {
    const engine = engineOf({ t: 'counted:trades?rows=5' });
    const query = engine.run('SELECT symbol FROM t');
    await query.ready;
    expect(open).toBe(1);
    await engine.close();
    expect(open).toBe(0);
  });
  test('is closed with its query', async () => {
    const engine = engineOf({ t: 'counted:trades?rows=5' });
    const query = engine.run('SELECT symbol FROM t');
    await query.ready;
    await query.cancel();
    expect(open).toBe(0);
    await engine.close();
  });
  test('is closed when its reader gives up before the first row', async () => {
    const abort = new AbortController();
    const engine = engineOf({ t: 'counted:trades?rows=5' });
    const query = engine.run('SELECT symbol FROM t', { signal: abort.signal });
    await query.ready;
    abort.abort();
    await expect.poll(() => open).toBe(0);
    await engine.close();
  });
  test('is closed when the text turns out to be wrong', async () => {
    const engine = engineOf({ t: 'counted:trades?rows=5', u: 'counted:sensors?rows=5' });
    await expect(engine.run('SELECT no_such_column FROM t').ready).rejects.toMatchObject({ code: 'VS2004' });
    expect(open).toBe(0);
    await engine.close();
  });
  test('is closed when another one cannot be opened', async () => {
    const engine = engineOf({ t: 'counted:trades?rows=5', u: 'counted:no_such_kind?rows=5' });
    await expect(engine.run('SELECT t.symbol FROM t JOIN u ON t.symbol = u.id WITHIN INTERVAL 1 MINUTE').ready).rejects.toMatchObject({
      code: 'VS4105',
    });
    expect(open).toBe(0);
    await engine.close();
  });
  test('is closed when the engine was closed while it was planned', async () => {
    const engine = engineOf({ t: 'counted:trades?rows=5' });
    const query = engine.run('SELECT symbol FROM t');
    await engine.close();
    await query.ready.catch(() => {});
    await expect.poll(() => open).toBe(0);
  });
});

test('a source that was read is closed once, at its end', async () => {
  const engine = engineOf({ t: 'counted:trades?rows=5' });
  expect(await engine.run('SELECT symbol FROM t').rows()).toHaveLength(5);
  await expect.poll(() => open).toBe(0);
  await engine.close();
  expect(open).toBe(0);
});
