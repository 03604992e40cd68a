// The documentation as a site of static files, without a request to anybody else.
//
//   npm run docs:site           writes .cache/site/html; a link that leads nowhere fails
//   npm run docs:site -- --serve   serves it as it is edited
//
// Pages are the Markdown files of the repository, laid out as people read them, and the API reference, made from the docstrings of every entry point.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { build, createServer } from 'vitepress';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const site = join(root, '.cache', 'site', 'pages');
const html = join(root, '.cache', 'site', 'html');
const TOP = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'STYLE.md'];

/** Where each document of the repository stands on the site. */
function pageOf(file) {
  if (TOP.includes(file)) return file.toLowerCase();
  if (file.startsWith('docs/')) return file.slice('docs/'.length);
  const part = /^packages\/([^/]+)\/(?:src\/)?(?:(.+)\/)?README\.md$/.exec(file);
  return part ? `packages/${[part[1], part[2]].filter(Boolean).join('/')}.md` : undefined;
}

const documents = [
  ...TOP,
  ...globSync('docs/**/*.md', { cwd: root }),
  ...globSync('packages/*/{README.md,src/**/README.md}', { cwd: root }),
]
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules'));
const pages = new Map(documents.flatMap((file) => (pageOf(file) ? [[file, pageOf(file)]] : [])));

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Two braces are no expression of the page. In fenced code VitePress sees to that itself. */
const literal = (text) =>
  text
    .split(/^(```[\s\S]*?^```)/m)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/`([^`\n]*\{\{[^`\n]*)`/g, (_, code) => `<code v-pre>${escaped(code)}</code>`)))
    .join('');

/** Links between documents follow them; what is no page of the site, such as a folder of the source, is named without a link. */
function rewritten(file, text) {
  const page = pages.get(file);
  return text.replace(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g, (whole, image, label, link) => {
    if (/^[a-z][a-z+.-]*:|^#/i.test(link)) return whole;
    const [path, anchor] = link.split('#');
    const target = posix.normalize(posix.join(posix.dirname(file), path));
    if (image) return `![${label}](/${posix.basename(target)})`;
    const other = pages.get(target) ?? pages.get(posix.join(target, 'README.md'));
    if (other === undefined) return label;
    return `[${label}](${posix.relative(posix.dirname(page), other) || posix.basename(other)}${anchor ? `#${anchor}` : ''})`;
  });
}

/** What the browser tests of the studio kept, in the order in which a newcomer would meet it. */
const WALK = {
  'j00-1-first': 'The studio opens on live sample streams.',
  'j00-2-own-chart': 'A question becomes SQL, and the SQL a live chart.',
  'j101-1-schema': 'A source says what is in it, and how much of it was looked at.',
  'j03-1b-test': 'A test with rows made from the SQL, a second later.',
  'j03-2-monitored': 'Metrics and an alert, as comments of the query.',
  'j05-2-dashboard': 'Their dashboard, drawn before anything is deployed.',
  'j05-3-deployed': 'Approved by its plan, deployed, running.',
  'j07-1-app': 'A sentence becomes an application of several queries.',
  'j07-2-flow': 'Where its numbers come from.',
  'j07-5-suite': 'All its queries tested together.',
  'j08-1-templates': 'Nine applications to start from.',
  'j101-3-chart': 'A file of real prices becomes a chart.',
};

/** The walk through the studio, where the browser tests have run. */
function layOutWalk() {
  const shots = join(root, '.cache/screenshots');
  const parts = Object.entries(WALK).filter(
    ([name]) => existsSync(join(shots, `${name}-1440.png`)) || existsSync(join(shots, `${name}-1440-dark.png`)),
  );
  if (parts.length === 0) return;
  mkdirSync(join(site, 'public/walk'), { recursive: true });
  const steps = parts.map(([name, words], i) => {
    const file = existsSync(join(shots, `${name}-1440.png`)) ? `${name}-1440.png` : `${name}-1440-dark.png`;
    cpSync(join(shots, file), join(site, 'public/walk', file));
    return `## ${i + 1}. ${words}\n\n![${words}](/walk/${file})\n`;
  });
  const text = `# A walk through the studio\n\n![A question, its live chart, an application from a sentence, its test, its deployment](/walk.webp)\n\nBelow, pictures that the tests of the page took on their way.\n\n${steps.join('\n')}`;
  writeFileSync(join(site, 'guide/walk.md'), text);
}

function layOut() {
  rmSync(site, { recursive: true, force: true });
  for (const [file, page] of pages) {
    const target = join(site, page);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, literal(rewritten(file, readFileSync(join(root, file), 'utf8'))));
  }
  writeFileSync(join(site, 'index.md'), `---\n${readFileSync(join(root, '.config/site/home.yaml'), 'utf8')}---\n`);
  cpSync(join(root, '.config/site/config.mjs'), join(site, '.vitepress/config.mjs'));
  cpSync(join(root, '.config/site/theme.mjs'), join(site, '.vitepress/theme/index.mjs'));
  cpSync(join(root, '.config/site/theme.css'), join(site, '.vitepress/theme/theme.css'));
  cpSync(join(root, 'docs/images'), join(site, 'public'), { recursive: true });
  layOutWalk();
}

const PACKAGES = ['core', 'connectors', 'ai', 'react'];

/** The entry points that packages export: source file by the path of their page, `core/engine` for `@velostream/core/engine`. */
const entryPoints = new Map(
  PACKAGES.flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    return Object.entries(exports)
      .map(([subpath, target]) => [posix.join(name, subpath), typeof target === 'object' ? target['@velostream/source'] : ''])
      .filter(([, source]) => /\.tsx?$/.test(source))
      .map(([page, source]) => [page, posix.join(name, source)]);
  }),
);

/** TypeDoc names a page by its source without `index.ts`; a number behind it keeps apart what differs in case. */
const pageOfSource = new Map([...entryPoints].map(([page, source]) => [source.replace(/(\/index)?\.tsx?$/, ''), page]));
const apiPage = (file) => {
  const page = pageOfSource.get(file.replace(/(-1)?\.md$/, ''));
  return page === undefined ? file : `${page.includes('/') ? page : `${page}/index`}.md`;
};

/** The reference of every entry point from its docstrings, one page each. */
async function makeReference() {
  const out = join(root, '.cache', 'site', 'reference');
  rmSync(out, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [...entryPoints.values()].map((source) => join(root, 'packages', source)),
    // Without it TypeDoc empties `docs`.
    out,
    basePath: join(root, 'packages'),
    tsconfig: join(root, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    logLevel: 'Error',
    skipErrorChecking: true,
    readme: 'none',
    excludeInternal: true,
    excludeExternals: true,
    disableSources: true,
    outputFileStrategy: 'modules',
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    sanitizeComments: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
  });
  const project = await app.convert();
  if (!project) throw new Error('the reference cannot be made: the sources do not compile');
  await app.outputs.writeOutput({ name: 'markdown', path: out }, project);
  const files = globSync('**/*.md', { cwd: out }).map((file) => file.replaceAll('\\', '/'));
  for (const file of files) {
    const target = apiPage(file);
    const text = readFileSync(join(out, file), 'utf8')
      .replace(/\]\(([^)#\s:]+\.md)/g, (_, link) => {
        const other = apiPage(posix.normalize(posix.join(posix.dirname(file), link)));
        return `](${posix.relative(posix.dirname(target), other)}`;
      })
      .replace(/^# .+$/m, `# @velostream/${target.replace(/(\/index)?\.md$/, '')}`)
      .replaceAll('{{', '&#123;&#123;');
    mkdirSync(dirname(join(site, 'api', target)), { recursive: true });
    writeFileSync(join(site, 'api', target), text);
  }
  return files.length;
}

layOut();
const reference = await makeReference();
process.stdout.write(`${pages.size} documents, ${reference} pages of reference\n`);
if (process.argv.includes('--serve')) {
  const server = await createServer(site, { port: 4180 });
  await server.listen();
  server.printUrls();
} else {
  process.env.DOCS_OUT = html;
  await build(site);
  process.stdout.write(`the site stands in ${relative(root, html)}\n`);
}
