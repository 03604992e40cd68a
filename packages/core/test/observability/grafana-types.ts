import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const root = dirname(createRequire(import.meta.url).resolve('@grafana/grafana-foundation-sdk/dashboard'));
const PARTS = [
  'common',
  'dashboard',
  'prometheus',
  'timeseries',
  'gauge',
  'stat',
  'bargauge',
  'barchart',
  'piechart',
  'heatmap',
  'table',
  'dashboardv2beta1',
] as const;

/** Enums of the SDK as unions of their values: JSON holds values, not members. */
const asUnions = (text: string): string =>
  text.replace(/export declare enum (\w+) \{([^}]*)\}/g, (_, name: string, body: string) => {
    const members = [...body.matchAll(/(\w+) = ("[^"]*"|-?\d+)/g)];
    return `export declare namespace ${name} { ${members.map(([, member, value]) => `type ${member} = ${value};`).join(' ')} }\nexport type ${name} = ${members.map(([, , value]) => value).join(' | ') || 'never'};`;
  });

function sdkFile(part: string): string {
  const text = readFileSync(join(root, '..', part, 'types.gen.d.ts'), 'utf8');
  return asUnions(text)
    .replaceAll("'../cog'", "'./cog.ts'")
    .replaceAll("'../common'", "'./common.ts'")
    .replace(/_implementsDataqueryVariant\(\): void;/g, '');
}

const OPTIONS: Readonly<Record<string, string>> = {
  timeseries: 'timeseries',
  gauge: 'gauge',
  stat: 'stat',
  bargauge: 'bargauge',
  barchart: 'barchart',
  piechart: 'piechart',
  heatmap: 'heatmap',
  table: 'table',
};

/** The same for the specification of a dashboard of the second schema. */
export function grafanaV2Problems(specs: Readonly<Record<string, unknown>>): string[] {
  const literals = Object.entries(specs).map(
    ([name, json]) => `const ${name.replace(/\W/g, '_')}: dashboardv2beta1.Dashboard = ${JSON.stringify(json)};`,
  );
  return compile(literals);
}

/**
 * What Grafana's published types say about dashboards: the TypeScript compiler checks the JSON as if it had been written by hand against
 * them. Panels are checked with the options of their own type, and queries as Prometheus queries.
 */
export function grafanaProblems(dashboards: Readonly<Record<string, unknown>>): string[] {
  const literals = Object.entries(dashboards).map(([name, json]) => {
    const { panels } = json as { panels: { type: string; options: unknown; targets: unknown[] }[] };
    const own = panels.flatMap((panel, i) => {
      const type = OPTIONS[panel.type];
      const options = type === undefined ? [] : [`const o${i}: ${type}.Options = ${JSON.stringify(panel.options)};`];
      return [...options, ...panel.targets.map((target, t) => `const t${i}_${t}: prometheus.Dataquery = ${JSON.stringify(target)};`)];
    });
    return `namespace ${name.replace(/\W/g, '_')} {\nconst d: dashboard.Dashboard = ${JSON.stringify(json)};\n${own.join('\n')}\n}`;
  });
  return compile(literals);
}

function compile(literals: readonly string[]): string[] {
  const files = new Map<string, string>([['/cog.ts', 'export interface Dataquery { [key: string]: unknown }']]);
  for (const part of PARTS) files.set(`/${part}.ts`, sdkFile(part));
  const imports = PARTS.map((part) => `import type * as ${part} from './${part}.ts';`).join('\n');
  files.set('/check.ts', `${imports}\n${literals.join('\n')}\nexport {};`);
  const lib = ts.getDefaultLibFilePath({});
  const host = ts.createCompilerHost({});
  const read = (path: string): string | undefined =>
    files.get(path) ?? (path.startsWith(dirname(lib)) && existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const program = ts.createProgram(
    ['/check.ts'],
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
    {
      ...host,
      fileExists: (path) => read(path) !== undefined,
      readFile: read,
      getSourceFile: (path, version) => {
        const text = read(path);
        return text === undefined ? undefined : ts.createSourceFile(path, text, version);
      },
    },
  );
  return ts.getPreEmitDiagnostics(program).map((d) => `${d.file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`);
}
