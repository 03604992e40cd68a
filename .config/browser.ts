import { existsSync } from 'node:fs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser that is there: `CHROMIUM`, or where distributions put it. */
export const chromiumPath = (): string | undefined =>
  [process.env['CHROMIUM'], ...KNOWN].find((path) => path !== undefined && existsSync(path));

/** Whether browser tests can run; says why not. With REQUIRE_SERVICES=all they run in any case, and fail without a browser. */
export function hasBrowser(): boolean {
  if (chromiumPath() !== undefined || process.env['REQUIRE_SERVICES'] === 'all') return true;
  process.stderr.write('stories are not tested: there is no Chromium; install it or set CHROMIUM to its path\n');
  return false;
}
