// The oldest React that is supported: the sources are bundled with it, and every sample is drawn.
import { fileURLToPath } from 'node:url';
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

test('React 18.2 draws every artifact, in StrictMode and on a server, without a word on the console', { timeout: 120_000 }, async () => {
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
  const page = new JSDOM('<!doctype html><body></body>', { runScripts: 'outside-only', pretendToBeVisual: true }).window;
  const words: string[] = [];
  // React logs a hint about its developer tools with `info`; everything else has to be silent.
  for (const name of ['error', 'warn', 'log'] as const)
    page.console[name] = (...args: unknown[]) => void words.push(`${name}: ${args.join(' ')}`);
  page.console.info = () => {};
  Object.assign(page, { IS_REACT_ACT_ENVIRONMENT: true, TextEncoder, MessageChannel });
  page.eval(`${outputFiles[0]?.text}; globalThis.page = page;`);
  const result = await (page as unknown as { page: { drawAll(): Promise<React18Result> } }).page.drawAll();
  page.close();
  expect(words).toEqual([]);
  expect(result.version).toBe('18.2.0');
  expect(result.failures).toEqual([]);
  expect(result.drawn).toBeGreaterThan(40);
  expect(result.heard.length).toBeGreaterThan(5);
});
