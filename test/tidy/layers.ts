/**
 * Folders of `packages/core/src` by layer: a file imports from its own layer or a lower one.
 * A file belongs to its longest matching folder. Read together with the table in ARCHITECTURE.md.
 */
export const LAYERS: Readonly<Record<string, number>> = {
  values: 0,
  diagnostics: 0,
  protocol: 0,
  'sql/ast': 1,
  'sql/syntax': 1,
  'sql/functions': 2,
  'sql/catalog': 2,
  connect: 2,
  'sql/bind': 3,
  'sql/plan': 4,
  'sql/language': 4,
  'sql/flink': 4,
  sql: 4,
  runtime: 5,
  engine: 6,
  testing: 7,
  apps: 7,
  deploy: 7,
  observability: 7,
  sessions: 7,
  studio: 8,
  client: 8,
  http: 8,
  node: 9,
  '': 9,
};

/** Files that belong to another folder than the one they stand in. */
const BELONGS_TO: Readonly<Record<string, string>> = {
  // A bound expression may hold a subquery's plan, and plan nodes hold expressions: one data type, told in two files.
  'sql/plan/plan.ts': 'sql/bind',
};

/** What must not meet even where the layers would allow it. */
export const FORBIDDEN: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  { from: 'runtime', to: 'sql/syntax', why: 'the runtime runs plans, it never reads text' },
  { from: 'runtime', to: 'sql/ast', why: 'the runtime runs plans, it never reads trees' },
  { from: 'sql', to: 'runtime', why: 'the language tools must load without the engine' },
];

/** Subpaths that sources of a package may import from another package of ours. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  connectors: [
    '@velostream/core/connect',
    '@velostream/core/connect/formats',
    '@velostream/core/connect/options',
    '@velostream/core/protocol',
    '@velostream/core/protocol/*',
  ],
  ai: ['@velostream/core', '@velostream/core/*'],
  react: ['@velostream/core/protocol', '@velostream/core/protocol/*', '@velostream/core/client'],
};

/** The longest known folder that holds `path` (relative to `packages/core/src`). */
export function folderOf(path: string): string {
  const other = BELONGS_TO[path];
  if (other !== undefined) return other;
  const parts = path.split('/').slice(0, -1);
  for (let length = parts.length; length > 0; length--) {
    const folder = parts.slice(0, length).join('/');
    if (folder in LAYERS) return folder;
  }
  return parts.length === 0 ? '' : (parts[0] ?? '');
}

export const isInside = (folder: string, parent: string): boolean => folder === parent || folder.startsWith(`${parent}/`);
