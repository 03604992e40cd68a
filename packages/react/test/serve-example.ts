import type { Browser } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';

/** An example served as its reader would see it, and a browser; both end with the test file. */
export interface ServedExample {
  /** Why there is no page to look at, or undefined where there is one. */
  readonly problem: string | undefined;
  readonly url: string;
  readonly browser: Browser;
}

/** Serves the Vite page in `root` for the tests of this file. */
export function serveExample(root: string): ServedExample {
  const problem = browserProblem();
  let server: ViteDevServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (problem !== undefined) return;
    server = await createServer({ root, server: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
    await server.listen();
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    problem,
    get url() {
      return server?.resolvedUrls?.local[0] ?? '';
    },
    get browser() {
      if (!browser) throw new Error(problem ?? 'the page is not served before the first test');
      return browser;
    },
  };
}
