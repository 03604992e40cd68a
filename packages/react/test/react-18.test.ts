// The oldest React that is supported: the sources are bundled with it, and every sample is drawn.
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import type { React18Result } from './react-18-page.tsx';

interface Page {
  readonly window: {
    readonly console: Record<'error' | 'warn' | 'log' | 'info', (...args: unknown[]) => void>;
    eval(code: string): unknown;
    close(): void;
  };
}
// The package has no types of its own.
const { JSDOM } = (await import(String('jsdom'))) as { JSDOM: new (html: string, options: object) => Page };

const folder = fileURLToPath(new URL('.', import.meta.url));
const installed = (name: string): string => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

/** The page with React 18.2 inside, as one script. */
async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/react-18-page.tsx`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'page',
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    conditions: ['@velostream/source'],
    alias: { react: installed('react-18'), 'react-dom': installed('react-dom-18') },
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
const code = script();

/** A console that keeps what is said. React's hint about its developer tools comes with `info` and is none of ours. */
function listening(words: string[]) {
  const keep =
    (name: string) =>
    (...args: unknown[]): void =>
      void words.push(`${name}: ${args.join(' ')}`);
  return { error: keep('error'), warn: keep('warn'), log: keep('log'), info: () => {} };
}

test('React 18.2 draws every artifact twice over in StrictMode, without a word on the console', { timeout: 120_000 }, async () => {
  const page = new JSDOM('<!doctype html><body></body>', { runScripts: 'outside-only', pretendToBeVisual: true }).window;
  const words: string[] = [];
  Object.assign(page.console, listening(words));
  Object.assign(page, { IS_REACT_ACT_ENVIRONMENT: true, TextEncoder, MessageChannel });
  page.eval(`${await code}; globalThis.page = page;`);
  const result = await (page as unknown as { page: { drawAll(): Promise<React18Result> } }).page.drawAll();
  page.close();
  expect([...new Set(words)].join('\n')).toBe('');
  expect(result.version).toBe('18.2.0');
  expect(result.failures).toEqual([]);
  expect(result.drawn).toBeGreaterThan(40);
  expect(result.heard.length).toBeGreaterThan(5);
});

test('React 18.2 draws every artifact on a server', { timeout: 120_000 }, async () => {
  const words: string[] = [];
  const globals = { console: listening(words), TextEncoder, MessageChannel, URL, setTimeout, clearTimeout, performance, queueMicrotask };
  const failures: unknown = runInNewContext(`${await code}; page.serverFailures()`, { ...globals, Intl });
  expect([...(failures as string[])]).toEqual([]);
  expect([...new Set(words)].join('\n')).toBe('');
});
