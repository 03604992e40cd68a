// Every entry drawn on a server with renderToPipeableStream and taken over in Chromium with hydrateRoot, in StrictMode, by both Reacts.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';
import type { Hydrated } from './hydration-page.tsx';
import { servePage } from './serve-page.ts';

const problem = browserProblem();
const folder = fileURLToPath(new URL('.', import.meta.url));
const installed = (name: string): string => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
const REACTS = [
  ['18.2.0', { react: installed('react-18'), 'react-dom': installed('react-dom-18') }],
  ['19', {}],
] as const;

/** React 18 draws a part that is loaded later anew when something around it changes before its code has come; 19 waits for it. */
const LATE = /^\.\/renderers: This Suspense boundary received an update before it finished hydrating/;

let browser: Browser | undefined;
beforeAll(async () => {
  if (problem === undefined) browser = await openBrowser();
}, 60_000);
afterAll(() => browser?.close());

interface Server {
  readonly version: string;
  readonly ENTRIES: readonly string[];
  readonly WITHOUT_PAGES: readonly string[];
  allHtml(): Promise<Readonly<Record<string, string>>>;
}

/** The pages as a server program has them, with one React inside, and all that it says on the console. */
async function serverOf(alias: Readonly<Record<string, string>>): Promise<{ readonly server: Server; readonly words: readonly string[] }> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}/hydration-server.tsx`],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'es2023',
    jsx: 'automatic',
    conditions: ['@velostream/source'],
    alias: { ...alias },
    define: { 'process.env.NODE_ENV': '"development"' },
    loader: { '.css': 'empty', '.ttf': 'empty' },
    logLevel: 'error',
  });
  const words: string[] = [];
  const keep = (...args: unknown[]): void => void words.push(args.map(String).join(' '));
  const module = { exports: {} as Server };
  const globals = {
    TextEncoder,
    TextDecoder,
    MessageChannel,
    AbortController,
    AbortSignal,
    URL,
    Buffer,
    performance,
    queueMicrotask,
    structuredClone,
    Intl,
  };
  const timers = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };
  const console = { error: keep, warn: keep, log: keep, info: () => {} };
  runInNewContext(outputFiles[0]?.text ?? '', {
    ...globals,
    ...timers,
    console,
    process,
    module,
    exports: module.exports,
    require: createRequire(import.meta.url),
  });
  return { server: module.exports, words };
}

describe.each(REACTS)('with React %s', (wanted, alias) => {
  test('every entry is drawn on a server and taken over without a word', { timeout: 240_000 }, async (context) => {
    if (problem !== undefined || !browser) return context.skip(problem ?? 'there is no browser');
    const { server, words } = await serverOf(alias);
    const html = await server.allHtml();
    expect(words).toEqual([]);
    expect(server.version.startsWith(wanted)).toBe(true);
    const { exports } = JSON.parse(readFileSync(`${folder}/../package.json`, 'utf8')) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports).filter((entry) => !/\.(css|json)$/.test(entry));
    expect([...server.ENTRIES, ...server.WITHOUT_PAGES].toSorted()).toEqual(entries.toSorted());
    for (const entry of server.ENTRIES) expect([entry, (html[entry] ?? '').length >= 20]).toEqual([entry, true]);

    const body = server.ENTRIES.map((entry) => `<div data-entry="${entry}">${html[entry]}</div>`).join('');
    const page = await servePage('test/hydration-page.tsx', {
      policy: "default-src 'self' data: 'unsafe-inline'",
      html: body,
      alias,
      mode: 'development',
    });
    const said: string[] = [];
    const tab = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
    });
    tab.on('pageerror', (error) => said.push(error.message));
    await tab.goto(page.url);
    // All of it has come to life: the editor has its lines, the chart its bars, the graph its nodes, the grid its rows.
    for (const alive of ['./monaco"] .view-line', './recharts"] svg', './flow"] .react-flow__node', './table"] [role="row"]'])
      await tab.locator(`[data-entry="${alive}`).first().waitFor({ timeout: 60_000 });
    const hydrated = await tab.evaluate(() => {
      const { version, recovered, kept } = (globalThis as unknown as { hydrated: Hydrated }).hydrated;
      return { version, recovered, kept: kept() };
    });
    await tab.close();
    await page.close();
    expect(said).toEqual([]);
    expect(hydrated.version).toBe(server.version);
    expect(hydrated.recovered.filter((text) => !(wanted === '18.2.0' && LATE.test(text)))).toEqual([]);
    // The editor has no markup of its own before it is loaded: its place stays, what is inside is Monaco's.
    expect(hydrated.kept.toSorted()).toEqual(server.ENTRIES.toSorted());
  });
});
