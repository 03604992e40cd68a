// Importing is free: no entry needs a browser, and none does anything until it is called.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

const manifest = new URL('../package.json', import.meta.url);
const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly '@velostream/source': string }>>;
};
const entries = Object.entries(exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [[subpath, target['@velostream/source']] as const],
);

afterEach(() => void vi.restoreAllMocks());

test.each(entries)('%s loads in Node, without a global, a timer, a request or a word', { timeout: 60_000 }, async (_subpath, source) => {
  expect(globalThis).not.toHaveProperty('document');
  const before = Object.getOwnPropertyNames(globalThis);
  const watched = [
    vi.spyOn(globalThis, 'setInterval'),
    vi.spyOn(globalThis, 'fetch'),
    ...(['log', 'warn', 'error', 'info'] as const).map((name) => vi.spyOn(console, name)),
  ];
  const entry: Record<string, unknown> = await import(new URL(`../${source.slice(2)}`, import.meta.url).href);
  expect(entry).toBeDefined();
  for (const spy of watched) expect(spy).not.toHaveBeenCalled();
  expect(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))).toEqual([]);
});
