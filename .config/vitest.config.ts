import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { hasBrowser } from './browser.ts';

/** Packages are resolved to their sources, so that no test needs a build. */
const conditions = ['@velostream/source', 'module', 'node', 'development|production'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};
/** Clients of servers are loaded as they are published, by Node itself: what they offer to bundlers (`module`) has no file extensions. */
const plain = conditions.filter((condition) => condition !== 'module');
const servers = { resolve: { conditions: plain }, ssr: { resolve: { conditions: plain } } };

export default defineConfig({
  ...shared,
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    passWithNoTests: false,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.{test,fixture}.{ts,tsx}'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        ...shared,
        extends: false,
        test: {
          name: 'node',
          environment: 'node',
          testTimeout: 20_000,
          globalSetup: ['test/threads-setup.ts'],
          include: [
            'packages/{core,connectors,ai}/{src,test}/**/*.test.ts',
            'packages/react/{src,test}/**/*.test.ts',
            'test/**/*.test.ts',
            'examples/*/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.service.test.ts'],
        },
      },
      {
        ...servers,
        extends: false,
        test: {
          // Against real servers: one file at a time, because they share them.
          name: 'services',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          globalSetup: ['test/services-setup.ts'],
          include: ['packages/*/{src,test}/**/*.service.test.ts', 'test/**/*.service.test.ts', 'examples/*/**/*.service.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
      {
        ...shared,
        extends: false,
        test: {
          name: 'dom',
          environment: 'jsdom',
          testTimeout: 20_000,
          include: ['packages/*/src/**/*.test.tsx', 'examples/*/**/*.test.tsx'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
      ...(hasBrowser() ? ['packages/react/vitest.stories.config.ts'] : []),
    ],
  },
});
