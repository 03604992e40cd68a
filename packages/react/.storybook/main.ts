import type { StorybookConfig } from '@storybook/react-vite';

/** Stories of every artifact and part; nothing is loaded from outside. */
const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['./docs/*.mdx', '../src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: false },
  viteFinal: (given) => ({
    ...given,
    resolve: { ...given.resolve, conditions: ['@velostream/source', 'module', 'browser', 'development|production'] },
    build: { ...given.build, target: 'es2023', chunkSizeWarningLimit: 6_000 },
  }),
};

export default config;
