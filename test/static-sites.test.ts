import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { chromiumPath } from '../.config/browser.ts';
import { ROOT } from './tidy/repository.ts';

/** Sites of static files, and the commands that make them. */
const SITES = {
  catalogue: { folder: '.cache/storybook', script: 'stories:build' },
  documentation: { folder: '.cache/site/html', script: 'docs:site' },
} as const;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const SLOW = 600_000;
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** The files of a site; made where everything is required, and otherwise only where they stand already. */
function madeSite(context: TestContext, { folder, script }: { readonly folder: string; readonly script: string }): string {
  const path = join(ROOT, folder);
  if (existsSync(join(path, 'index.html'))) return path;
  if (process.env['REQUIRE_SERVICES'] !== 'all') context.skip(`${folder} is not made; make it with: npm run ${script}`);
  const { status, stderr } = spawnSync('npm', ['run', script], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm run ${script} failed: ${stderr.slice(-2_000)}`);
  return path;
}

async function serve(folder: string): Promise<string> {
  const server: Server = createServer((request, response) => {
    const path = join(folder, normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://h').pathname)));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function openBrowser(context: TestContext): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error('there is no Chromium');
    context.skip('there is no Chromium');
  }
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
  const browser = await chromium.launch({ executablePath: executablePath as string, args });
  closing.push(() => browser.close());
  return browser;
}

/** Every request to anybody else that the pages make. */
async function requestsOutside(browser: Browser, home: string, pages: readonly string[]): Promise<readonly string[]> {
  const outside: string[] = [];
  const page = await browser.newPage();
  page.on('request', (r) => !r.url().startsWith(home) && !/^(data|blob|about):/.test(r.url()) && outside.push(r.url()));
  for (const path of pages) await page.goto(`${home}/${path}`, { waitUntil: 'load' });
  await page.close();
  return outside;
}

describe('static sites ask nobody else for anything', () => {
  test('the catalogue: its frame and every story', { timeout: SLOW }, async (context) => {
    const folder = madeSite(context, SITES.catalogue);
    const { entries } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { entries: Record<string, { type: string }> };
    const ids = Object.keys(entries);
    expect(ids.length).toBeGreaterThan(100);
    const home = await serve(folder);
    const frames = Object.entries(entries).map(([id, { type }]) => `iframe.html?id=${id}&viewMode=${type === 'docs' ? 'docs' : 'story'}`);
    expect(await requestsOutside(await openBrowser(context), home, ['index.html', ...frames])).toEqual([]);
  });

  test('the documentation: every page', { timeout: SLOW }, async (context) => {
    const folder = madeSite(context, SITES.documentation);
    const pages = globSync('**/*.html', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
    expect(pages.length).toBeGreaterThan(20);
    expect(await requestsOutside(await openBrowser(context), await serve(folder), pages)).toEqual([]);
  });
});
