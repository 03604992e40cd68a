import { type Browser, chromium } from 'playwright';
import { chromiumPath } from '../../../.config/browser.ts';

/** Why there is no browser to test with, or undefined where there is one. */
export function browserProblem(): string | undefined {
  if (chromiumPath() !== undefined) return undefined;
  const reason = 'there is no Chromium; install it or set CHROMIUM to its path';
  if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error(reason);
  return reason;
}

/** A browser without a window, which asks nobody for anything. */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}
