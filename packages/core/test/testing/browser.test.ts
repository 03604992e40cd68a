import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { digestOfRows } from './digest.ts';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The page's own engine of JavaScript, not Node's: what differs in the last bit would show here. */
async function digestInBrowser(executablePath: string): Promise<number> {
  const made = await build({
    stdin: {
      contents: "import { digestOfRows } from './digest.ts'; globalThis.digest = digestOfRows();",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    conditions: ['@velostream/source', 'browser', 'module'],
  });
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: made.outputFiles[0]!.text });
    return await page.evaluate(() => (globalThis as unknown as { digest: number }).digest);
  } finally {
    await browser.close();
  }
}

test('a seed gives the same rows in Node and in a browser', { timeout: 60_000 }, async (context) => {
  const executable = BROWSERS.find((path) => existsSync(path));
  if (executable === undefined) return context.skip('no browser is installed');
  expect(await digestInBrowser(executable)).toBe(digestOfRows());
});
