import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from '../../.config/browser.ts';

const executablePath = chromiumPath();
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const renderers = [
  '@dagrejs/dagre',
  '@monaco-editor/react',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  '@xyflow/react',
  'recharts',
];

/** Every story is a test in real Chromium: it draws, its play function passes, axe finds nothing. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)), disableAddonDocs: true })],
  resolve: { conditions: ['@velostream/source', 'module', 'browser', 'development|production'] },
  optimizeDeps: { include: [...renderers, 'radix-ui', 'react-dom/client', 'react/jsx-dev-runtime', '@velostream/core > re2js'] },
  test: {
    name: 'stories',
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { ...(executablePath !== undefined && { executablePath }), args: ['--no-sandbox', '--disable-gpu', ...quiet] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
