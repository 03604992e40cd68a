import { unknownTemplate } from '../../diagnostics/codes/apps.ts';
import type { Template, TemplateSummary } from '../../protocol/studio/template.ts';
import { bindApp } from '../bind-app.ts';
import { graphOf } from '../topology.ts';
import { parseTemplate } from './parse-template.ts';
import { templateApp } from './render-template.ts';
import { inputSchemas } from './template-schemas.ts';

let builtIn: Promise<readonly Template[]> | undefined;

/** The templates that come with the package. They load on first use. */
export function loadTemplates(): Promise<readonly Template[]> {
  builtIn ??= import('../built-in/templates.generated.ts').then((m) => m.TEMPLATES.map((yaml) => parseTemplate(yaml)));
  return builtIn;
}

/**
 * The template of an id or of one of its aliases.
 *
 * @throws {VeloError} `template-not-found`
 */
export function templateNamed(templates: readonly Template[], id: string): Template {
  const found = templates.find((t) => t.id === id) ?? templates.find((t) => t.aliases.includes(id));
  if (found !== undefined) return found;
  throw unknownTemplate(
    id,
    templates.map((t) => t.id),
  );
}

/** What a card shows of a template. */
export function summaryOf(template: Template): TemplateSummary {
  const app = bindApp(templateApp(template).queries, inputSchemas(template));
  const { edges, nodes } = graphOf(app, (s) => app.queries.find((q) => q.id === s.queryId)?.name ?? s.queryId);
  const label = new Map(nodes.map((node) => [node.id, node.label]));
  return {
    id: template.id,
    name: template.name,
    category: template.category,
    description: template.description,
    queryCount: template.queries.length,
    metricsCount: app.queries.reduce((n, q) => n + q.parsed.annotations.metrics.length, 0),
    alertsCount: app.queries.reduce((n, q) => n + q.parsed.annotations.alerts.length, 0),
    requiredTopics: template.inputs.map((input) => input.topic),
    tags: template.tags,
    questions: template.questions,
    edges: edges.map(({ from, to }) => ({ from: label.get(from) ?? from, to: label.get(to) ?? to })),
  };
}
