import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';

// Read by VitePress from the folder that `npm run docs:site` lays out.
const pages = join(import.meta.dirname, '..');

const titleOf = (file) => /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1].replaceAll('`', '') ?? file;
const pagesIn = (folder) =>
  readdirSync(join(pages, folder), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ text: titleOf(join(pages, folder, name)), link: `/${folder}/${name.replaceAll('\\', '/').replace(/\.md$/, '')}` }));

/** The order in which a newcomer would read; the walk is there where the browser tests have run. */
const GUIDE = [
  'start-here',
  'walk',
  'explore-a-source',
  'start-from-a-question',
  'import-sql',
  'debug-a-query',
  'observe-a-query',
  'learn-the-language',
  'build-an-app',
  'start-from-a-template',
  'take-suggestions',
  'read-files-and-databases',
];
const guide = GUIDE.filter((name) => existsSync(join(pages, 'guide', `${name}.md`))).map((name) => ({
  text: titleOf(join(pages, 'guide', `${name}.md`)),
  link: `/guide/${name}`,
}));
const concepts = ['event-time', 'windows', 'language'].map((name) => ({
  text: titleOf(join(pages, 'concepts', `${name}.md`)),
  link: `/concepts/${name}`,
}));
const topics = readdirSync(pages)
  .filter((name) => name.endsWith('.md') && name !== 'index.md')
  .sort()
  .map((name) => ({ text: titleOf(join(pages, name)), link: `/${name.replace(/\.md$/, '')}` }));

export default defineConfig({
  title: 'Velostream Studio',
  description: 'Streaming SQL that runs where your TypeScript runs.',
  lang: 'en',
  base: process.env.DOCS_BASE ?? '/',
  cleanUrls: false,
  outDir: process.env.DOCS_OUT,
  lastUpdated: false,
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Guide', link: guide[0].link },
      { text: 'Concepts', link: concepts[0].link },
      { text: 'Reference', link: '/functions' },
      { text: 'API', link: '/api/core/engine' },
    ],
    sidebar: {
      '/api/': ['core', 'connectors', 'ai', 'react'].map((name) => ({
        text: `@velostream/${name}`,
        items: pagesIn(`api/${name}`).map((page) => ({ ...page, text: page.text.replace(`@velostream/${name}`, '.') })),
      })),
      '/': [
        { text: 'Guide', items: guide },
        { text: 'Concepts', items: concepts },
        { text: 'Reference', items: topics },
        { text: 'Packages', items: pagesIn('packages') },
      ],
    },
    outline: [2, 3],
  },
});
