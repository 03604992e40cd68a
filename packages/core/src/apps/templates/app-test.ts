import type { AppInput } from '../../protocol/studio/app.ts';
import type { Template } from '../../protocol/studio/template.ts';
import { type BoundAppQuery, bindApp } from '../bind-app.ts';
import { relationLabel } from '../relation-label.ts';
import { quoteName, templateApp } from './render-template.ts';

type Spec = Readonly<Record<string, unknown>>;
const isObject = (x: unknown): x is Spec => typeof x === 'object' && x !== null && !Array.isArray(x);

/** An application as one script, and the specification that tests it: what `runTestSpec` takes. */
export interface AppTest {
  readonly sql: string;
  /** Canonical form of a spec file. */
  readonly spec: Spec;
}

/** The script of an application: every query under the name that others read it by, annotations in front of it. */
export function appScript(app: AppInput): string {
  const bound = bindApp(app.queries);
  return bound.queries.flatMap((query) => query.parsed.statements.map((_, index) => statementText(query, index))).join('\n\n');
}

function statementText(query: BoundAppQuery, index: number): string {
  const parsed = query.parsed.statements[index];
  if (parsed === undefined) return '';
  const comments = parsed.comments.filter((c) => c.span.end <= parsed.span.start).map((c) => query.sql.slice(c.span.start, c.span.end));
  const body = query.sql.slice(parsed.span.start, parsed.span.end).replace(/;\s*$/, '');
  const own = query.statements.find((s) => s.index === index)?.statement;
  const isNamed = parsed.kind === 'query' && own?.kind === 'create';
  const head = isNamed ? `CREATE STREAM ${quoteName(own.name.text)} AS\n` : '';
  return `${[...comments, head + body].join('\n')};`;
}

/** The test of a template, on its own sources. */
export const templateTest = (template: Template, params: Readonly<Record<string, string | number>> = {}): AppTest =>
  appTest(templateApp(template, params), template.test ?? {});

/**
 * A test of an application from the short form that templates carry: `records`, `seed`, `data` by source (fields and time), and assertions
 * that name their query. A query that reads the output of others is tested together with them, from the sources on.
 */
export function appTest(app: AppInput, test: Spec): AppTest {
  const bound = bindApp(app.queries);
  const data = isObject(test['data']) ? test['data'] : {};
  const byLabel = new Map(Object.entries(data).map(([name, value]) => [relationLabel(name), isObject(value) ? value : {}]));
  const assertions = Array.isArray(test['assertions']) ? test['assertions'].filter(isObject) : [];
  const makers = new Map(
    bound.queries.flatMap((query) => query.statements.flatMap((s) => s.outputs.map((name) => [relationLabel(name), query.name] as const))),
  );
  const schemas: Record<string, unknown> = {};
  const reads = new Set(bound.queries.flatMap((query) => query.statements.flatMap((s) => s.reads)));
  for (const name of reads) {
    const own = byLabel.get(relationLabel(name));
    if (own !== undefined && !makers.has(relationLabel(name)))
      schemas[name] = { name, fields: own['fields'], ...(own['anomalies'] === undefined ? {} : { anomalies: own['anomalies'] }) };
  }
  const readsOf = new Map(bound.queries.map((query) => [query.name, query.statements.flatMap((s) => s.reads)]));
  const queries = bound.queries.map((query) => {
    const mine = assertions.filter((a) => a['query'] === undefined || a['query'] === query.name).map(({ query: _query, ...a }) => a);
    const statement = query.main?.statement;
    const sink = statement?.kind === 'create' ? statement.name.text : (query.main?.outputs[0] ?? query.name);
    return {
      name: query.name,
      inputs: [...outsideOf(query.name, readsOf, makers)].map((source) => inputOf(source, byLabel)),
      outputs: [{ sink, assertions: mine }],
      assertions: [],
      derive: true,
    };
  });
  const spec = {
    application: app.name,
    ...(typeof test['records'] === 'number' ? { default_records: test['records'] } : {}),
    ...(typeof test['seed'] === 'number' ? { seed: test['seed'] } : {}),
    schemas,
    queries,
  };
  return { sql: appScript(app), spec };
}

/** What a query reads from outside, by itself or through the queries before it. */
function outsideOf(
  query: string,
  reads: ReadonlyMap<string, readonly string[]>,
  makers: ReadonlyMap<string, string>,
  seen = new Set<string>(),
): Set<string> {
  const found = new Set<string>();
  if (seen.has(query)) return found;
  seen.add(query);
  for (const name of reads.get(query) ?? []) {
    const maker = makers.get(relationLabel(name));
    if (maker === undefined) found.add(name);
    else for (const outside of outsideOf(maker, reads, makers, seen)) found.add(outside);
  }
  return found;
}

function inputOf(source: string, data: ReadonlyMap<string, Spec>): Spec {
  const time = data.get(relationLabel(source))?.['time_simulation'];
  return { source, ...(isObject(time) ? { time_simulation: time } : {}) };
}
