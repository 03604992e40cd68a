import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudio } from '@velostream/core';
import type { TableSchema } from '@velostream/core/protocol';
import { format, parse } from '@velostream/core/sql';
import { inferSchema } from '@velostream/core/testing';

export interface Prefix {
  readonly from: string;
  readonly prefix: string;
  /** What stands there in the real query. */
  readonly next: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
}

type Schemas = Readonly<Record<string, TableSchema>>;
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const CUTS = /\b(FROM|GROUP BY|WINDOW|HAVING|EMIT|ON|ORDER BY|LIMIT|PARTITION BY)\b/g;

/** A single query on one line, or nothing where the text holds something else. */
function oneLine(sql: string): string | undefined {
  const plain = sql.replace(/--[^\n]*(\n|$)/g, ' ').trim();
  if (!/^SELECT\b/i.test(plain)) return undefined;
  const tree = parse(plain);
  if (tree.statements.length !== 1 || tree.diagnostics.some((d) => d.severity === 'error')) return undefined;
  return format(plain).replace(/\s+/g, ' ').replace(/;\s*$/, '');
}

const cut = (from: string, sql: string, schemas: Schemas): Prefix[] =>
  [...sql.matchAll(CUTS)]
    .flatMap((m) => [m.index, m.index + m[0].length + 1])
    .map((at) => ({ from, prefix: sql.slice(0, at), next: sql.slice(at), schemas }));

const inferred = (sql: string): Schemas =>
  Object.fromEntries(
    Object.values(inferSchema(sql)).map((s) => [s.name, { columns: s.fields.map((f) => ({ name: f.name, type: f.type.toUpperCase() })) }]),
  );

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(ROOT, folder, name));

/** Queries of a folder; each is asked among the sources of all of them, so that FROM has to be chosen. */
function ofFolder(from: string, folder: string): Prefix[] {
  const queries = filesIn(folder, '.sql').flatMap((path) => oneLine(readFileSync(path, 'utf8')) ?? []);
  const schemas: Record<string, TableSchema> = {};
  for (const [name, { columns }] of queries.flatMap((q) => Object.entries(inferred(q)))) {
    const known = schemas[name]?.columns ?? [];
    schemas[name] = { columns: [...known, ...columns.filter((c) => !known.some((k) => k.name === c.name))] };
  }
  return queries.flatMap((sql) => cut(from, sql, schemas));
}

/** Queries of the shipped templates, with their parameters filled in. */
async function ofTemplates(): Promise<Prefix[]> {
  const studio = createStudio();
  const out: Prefix[] = [];
  for (const { id } of (await studio.templates.list()).templates) {
    const { inputs, queries } = await studio.templates.get(id);
    const schemas: Record<string, TableSchema> = {};
    for (const input of inputs)
      schemas[input.topic] = {
        columns: input.fields.map((f) => ({ name: f.name, type: f.type === 'DateTime' ? 'TIMESTAMP' : f.type.toUpperCase() })),
      };
    const values = Object.fromEntries(queries.flatMap((q) => Object.entries(q.parameters)).map(([name, p]) => [name, String(p.default)]));
    for (const { sql } of queries) {
      const filled = sql.replace(/\{\{?(\w+)\}?\}/g, (_all, name: string) => values[name] ?? `\`${inputs[0]?.topic ?? 'input'}\``);
      const line = oneLine(filled);
      if (line !== undefined) out.push(...cut('templates', line, { ...schemas, ...inferred(filled) }));
    }
  }
  await studio.close();
  return out;
}

/** Queries of the language tests, with the sources that their files declare. */
function ofLanguageTests(): Prefix[] {
  return filesIn('packages/core/test/slt', '.slt').flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const schemas: Record<string, TableSchema> = {};
    for (const m of text.matchAll(/^(source|table) (\w+) \(([^)]*)\)(?: event time (\w+))?/gm))
      schemas[m[2] ?? ''] = {
        kind: m[1] === 'table' ? 'table' : 'stream',
        columns: (m[3] ?? '')
          .split(/,\s*/)
          .map((c) => ({ name: c.split(' ')[0] ?? '', type: (c.split(' ')[1] ?? 'STRING').toUpperCase() })),
        ...(m[4] === undefined ? {} : { eventTime: m[4] }),
      };
    if (Object.keys(schemas).length === 0) return [];
    const queries = [...text.matchAll(/^job \w+[^\n]*\n(SELECT[\s\S]*?)\n\n/gm)].flatMap((m) => oneLine(m[1] ?? '') ?? []);
    return [...new Set(queries)].filter((q) => !/ WITH \(/.test(q)).flatMap((sql) => cut('language tests', sql, schemas));
  });
}

/** Prefixes of queries that people wrote for other reasons: none of them belongs to the development of the assistant. */
export async function heldBackPrefixes(): Promise<readonly Prefix[]> {
  return [
    ...(await ofTemplates()),
    ...ofFolder('nexmark', 'packages/core/bench/nexmark/queries'),
    ...ofFolder('examples', 'examples/quickstart'),
    ...ofLanguageTests(),
  ];
}
