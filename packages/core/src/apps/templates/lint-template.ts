import type { Template } from '../../protocol/studio/template.ts';
import { bindApp } from '../bind-app.ts';
import { lintGrowth } from '../lint/lint-bound.ts';
import { metricsOfQuery } from '../metrics-of.ts';
import { relationLabel } from '../relation-label.ts';
import { columnUses } from '../rename/column-uses.ts';
import { builtInValues, placeholdersIn, templateApp } from './render-template.ts';
import { inputSchemas } from './template-schemas.ts';

export interface TemplateProblem {
  readonly kind:
    | 'duplicate-name'
    | 'unknown-placeholder'
    | 'unused-parameter'
    | 'sql'
    | 'unknown-metric'
    | 'unknown-source'
    | 'undeclared-field'
    | 'no-metric'
    | 'label-cardinality'
    | 'unbounded-state';
  readonly severity: 'error' | 'warning';
  /** Query or panel it speaks of. */
  readonly where: string;
  readonly message: string;
}

/** Everything that is wrong with a template: names, placeholders, SQL, panels, and what would grow without bound in production. */
export function lintTemplate(template: Template): TemplateProblem[] {
  const problems: TemplateProblem[] = [...nameProblems(template), ...placeholderProblems(template)];
  if (problems.some((p) => p.kind === 'unknown-placeholder')) return problems;
  const app = bindApp(templateApp(template).queries, inputSchemas(template));
  for (const query of app.queries) {
    const errors = query.diagnostics.filter((d) => d.severity === 'error');
    problems.push(...errors.map((d) => error('sql', query.name, `${d.code} at line ${d.line}: ${d.message}`)));
    if (query.parsed.annotations.metrics.length === 0)
      problems.push(error('no-metric', query.name, 'it declares no metric, so nobody sees it run'));
    problems.push(...fieldProblems(template, query));
  }
  const high = new Map(template.inputs.flatMap((input) => input.fields.map((f) => [`${input.topic}\0${f.name}`, f.cardinality] as const)));
  const growth = lintGrowth(app, (relation, column) => {
    const said = high.get(`${relation}\0${column}`);
    return said === undefined ? undefined : said === 'high';
  });
  problems.push(...growth.map(({ kind, severity, query, message }) => ({ kind, severity, where: query, message })));
  return [...problems, ...panelProblems(template, app)];
}

const error = (kind: TemplateProblem['kind'], where: string, message: string): TemplateProblem => ({
  kind,
  severity: 'error',
  where,
  message,
});

function nameProblems({ queries, inputs }: Template): TemplateProblem[] {
  const twice = (names: readonly string[], what: string): TemplateProblem[] =>
    names.filter((name, i) => names.indexOf(name) !== i).map((name) => error('duplicate-name', name, `two ${what} are called "${name}"`));
  return [
    ...twice(
      queries.map((q) => q.name),
      'queries',
    ),
    ...twice(
      queries.map((q) => q.outputTopic),
      'outputs',
    ),
    ...twice(
      inputs.map((i) => i.topic),
      'inputs',
    ),
  ];
}

function placeholderProblems(template: Template): TemplateProblem[] {
  const builtIn = Object.keys(builtInValues(template));
  return template.queries.flatMap((query) => {
    const used = placeholdersIn(query.sql);
    const known = new Set([...builtIn, ...Object.keys(query.parameters)]);
    const unknown = used.filter((name) => !known.has(name));
    const unused = Object.keys(query.parameters).filter((name) => !used.includes(name));
    return [
      ...unknown.map((name) =>
        error('unknown-placeholder', query.name, `"{${name}}" is neither a parameter of the query nor built in (${builtIn.join(', ')})`),
      ),
      ...unused.map(
        (name): TemplateProblem => ({
          kind: 'unused-parameter',
          severity: 'warning',
          where: query.name,
          message: `parameter "${name}" stands nowhere in the SQL`,
        }),
      ),
    ];
  });
}

/** Fields that a query reads are those it says it requires. */
function fieldProblems(template: Template, query: ReturnType<typeof bindApp>['queries'][number]): TemplateProblem[] {
  const declared = template.queries.find((q) => q.name === query.name)?.requiresFields ?? [];
  if (declared.length === 0) return [];
  const topics = new Set(template.inputs.map((input) => input.topic));
  const used = new Set(
    query.statements.flatMap((s) =>
      s.bound === null
        ? []
        : columnUses(s.bound.query)
            .filter((use) => topics.has(use.relation))
            .map((use) => use.column),
    ),
  );
  return [...used]
    .filter((name) => !declared.includes(name))
    .map((name) => error('undeclared-field', query.name, `it reads "${name}", which is not among its required fields`));
}

function panelProblems(template: Template, app: ReturnType<typeof bindApp>): TemplateProblem[] {
  const metrics = new Set(app.queries.flatMap(metricsOfQuery).map((metric) => metric.name));
  const relations = new Set(app.queries.flatMap((q) => q.statements.flatMap((s) => [...s.outputs, ...s.reads])).map(relationLabel));
  return (template.dashboard?.panels ?? []).flatMap((panel) => {
    const problems: TemplateProblem[] = [];
    if (panel.query !== undefined && !metrics.has(panel.query))
      problems.push(error('unknown-metric', panel.title, `the panel shows the metric "${panel.query}", which no query declares`));
    if (panel.source !== undefined && !relations.has(panel.source))
      problems.push(error('unknown-source', panel.title, `the panel shows "${panel.source}", which no query writes`));
    return problems;
  });
}
