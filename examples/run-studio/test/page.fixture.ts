import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStudio } from '@velostream/core/node';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { TestContext } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { buildPage } from '../server/build-page.ts';
import { createSampleStudio } from '../server/create-sample-studio.ts';

export interface OpenStudio {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

const SHOTS = fileURLToPath(new URL('../../../.cache/screenshots', import.meta.url));

/** The studio as `npm start` serves it, with notebooks in memory, and a browser. */
export async function openStudio(): Promise<OpenStudio> {
  const executablePath = chromiumPath() ?? '/usr/bin/chromium';
  const page = await buildPage();
  const studio = await createSampleStudio({ roots: [], home: null, claudeApiKey: undefined });
  const served = await serveStudio(studio, {
    port: 0,
    page,
    rateLimits: { all: Number.POSITIVE_INFINITY, expensive: Number.POSITIVE_INFINITY },
  });
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const browser = await chromium.launch({ executablePath, args });
  return {
    url: `${served.url}/`,
    browser,
    async close() {
      await browser.close();
      await served.close();
      await studio.close();
    },
  };
}

/** Skips with a reason where there is no browser; with REQUIRE_SERVICES=all that is a failure. */
export function needsBrowser(context: TestContext): void {
  if (chromiumPath() !== undefined) return;
  if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error('there is no Chromium');
  context.skip('there is no Chromium: the page itself is not opened');
}

export interface Visit {
  readonly page: Page;
  /** What the page said that it should not have. */
  readonly complaints: string[];
  ask(text: string): Promise<void>;
  shot(name: string): Promise<void>;
}

/** A new visitor: a fresh browser profile and a notebook of its own. */
export async function visit(open: OpenStudio, o: { width?: number; height?: number; dark?: boolean } = {}): Promise<Visit> {
  const { width = 1440, height = 900, dark = false } = o;
  const context = await open.browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  page.on(
    'request',
    (r) => !r.url().startsWith(open.url) && !/^(data|blob|ws):/.test(r.url()) && complaints.push(`a request to ${r.url()}`),
  );
  await page.goto(open.url);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await page.getByRole('button', { name: /^Notebooks$/ }).click();
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.getByRole('complementary', { name: 'Notebooks' }).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'What do you want to see?' }).waitFor({ state: 'attached' });
  return {
    page,
    complaints,
    async ask(text) {
      if (width < 900) await page.getByRole('button', { name: 'Conversation' }).click();
      await page.getByRole('textbox', { name: 'Message' }).fill(text);
      await page.keyboard.press('Enter');
      await page.locator('[data-role="assistant"]').last().waitFor();
      await page.getByText('Working…').waitFor({ state: 'detached', timeout: 30_000 });
    },
    async shot(name) {
      mkdirSync(SHOTS, { recursive: true });
      await page.screenshot({ path: `${SHOTS}/${name}-${width}${dark ? '-dark' : ''}.png` });
    },
  };
}
