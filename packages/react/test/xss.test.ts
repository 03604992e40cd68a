// Texts that would run if anything took them for markup, under a policy without unsafe-inline and unsafe-eval, in real Chromium.
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';
import { type ServedPage, servePage } from './serve-page.ts';

const problem = browserProblem();

describe('texts of users', () => {
  let page: ServedPage | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (problem !== undefined) return;
    page = await servePage('test/xss-page.tsx');
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await page?.close();
  });

  test.for(['', '?bare'])('never run, and no policy is broken %s', { timeout: 120_000 }, async (query, context) => {
    if (!page || !browser) return context.skip(problem ?? 'there is no browser');
    const tab = await browser.newPage();
    const violations: string[] = [];
    const requests: string[] = [];
    tab.on('console', (message) => {
      if (message.type() === 'error') violations.push(message.text());
    });
    tab.on('pageerror', (error) => violations.push(error.message));
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(page.url + query);
    await tab.waitForSelector('[data-sample="template-browser/empty"]', { timeout: 60_000 });
    await tab.waitForFunction(
      () => document.querySelectorAll('.velo-skeleton[aria-label="Loading"]').length === 0 || document.querySelector('.velo-chart'),
      null,
      {
        timeout: 30_000,
      },
    );
    for (const details of await tab.locator('details > summary').all()) await details.click({ timeout: 5_000 }).catch(() => {});
    const found = await tab.evaluate(() => ({
      hit: (globalThis as { __hit?: number }).__hit,
      failures: [...document.querySelectorAll('[data-artifact-failure]')].map((element) => element.textContent),
      scripts: document.querySelectorAll('#page script').length,
      images: document.querySelectorAll('#page img').length,
      badLinks: [...document.querySelectorAll<HTMLAnchorElement>('#page a')].filter((a) => !/^https?:/.test(a.href)).length,
      frames: document.querySelectorAll('#page iframe').length,
      editors: document.querySelectorAll('#page .monaco-editor').length,
      drawn: document.querySelectorAll('.velo-card').length,
    }));
    await tab.close();
    expect(violations.join('\n')).toBe('');
    expect(found).toMatchObject({ failures: [], scripts: 0, images: 0, badLinks: 0, frames: 0 });
    expect(found.hit).toBeUndefined();
    expect(found.drawn).toBeGreaterThan(40);
    expect(found.editors > 0).toBe(query === '');
    expect(requests.filter((url) => !url.startsWith(page?.url ?? ''))).toEqual([]);
  });
});
