import { customizeTemplate, templateApp } from '@velostream/core/apps';
import type { AppRequest, AppResult, Assumption } from '@velostream/core/protocol/assist';
import type { AppInput } from '@velostream/core/protocol/deploy';
import { splitName, stem } from '../offline/stem.ts';
import { rankTemplates, type TemplateChoice } from './pick-template.ts';
import { planQueries } from './plan-queries.ts';

const named = (prompt: string, fallback: string): string =>
  /\b(?:called|named)\s+["'“]?([\w][\w -]{1,40})["'”]?/i.exec(prompt)?.[1]?.trim() ?? fallback;

/**
 * An application from one sentence, without a model: the template whose words and fields fit, put on the known sources;
 * otherwise queries that the fields of the best matching source suggest.
 */
export async function generateApp(request: AppRequest): Promise<AppResult> {
  const { prompt, schemas, options = {} } = request;
  const max = options.maxQueries ?? 20;
  const ranked = await rankTemplates(prompt, schemas);
  const [best] = ranked;
  if (best && isFit(best, Object.keys(schemas).length > 0)) {
    const made = await fromTemplate(best, request);
    if (made) return limited(made, max, options.includeAlerts, options.includeDashboard);
  }
  const source = sourceFor(prompt, Object.keys(schemas));
  const queries = source === undefined ? [] : planQueries(source, schemas, Math.min(max, 5));
  if (queries.length > 0 && source !== undefined) {
    const app: AppInput = { name: named(prompt, `${source.charAt(0).toUpperCase()}${source.slice(1)} Monitoring`), queries };
    const made: AppResult = {
      app,
      explanation: `Made from the fields of ${source}.`,
      assumptions: [{ kind: 'other', text: `no template fits; the queries follow from the fields of ${source}` }],
      engine: 'offline',
    };
    return limited(made, max, options.includeAlerts, options.includeDashboard);
  }
  const fallback = ranked.find((r) => r.byWords > 0) ?? ranked[0];
  const made = fallback ? await fromTemplate({ ...fallback, sources: {} }, request) : undefined;
  if (!made) throw new Error('there is nothing to build an application from: connect a source or name a field of use');
  return limited(made, max, options.includeAlerts, options.includeDashboard);
}

/** Words speak for it; or the fields do, and nothing in the words speaks against it. */
const isFit = (choice: TemplateChoice, hasSources: boolean): boolean => {
  const mapped = Object.keys(choice.sources).length === choice.template.inputs.length;
  if (choice.byWords >= 0.25) return !hasSources || mapped;
  return mapped && choice.bySource > 0.8;
};

async function fromTemplate(choice: TemplateChoice, { prompt, schemas }: AppRequest): Promise<AppResult | undefined> {
  const { template } = choice;
  const assumptions: Assumption[] = [];
  const topics = Object.entries(choice.sources);
  if (topics.length > 0) {
    const mappings = Object.fromEntries(topics.map(([topic, source]) => [topic, { topic: source, fields: {} }]));
    const sources = topics.flatMap(([, name]) => (schemas[name] ? [{ name, schema: schemas[name] }] : []));
    const made = await customizeTemplate(template, { mappings, autoDiscover: true, name: named(prompt, template.name) }, sources, {
      now: 0,
    }).catch(() => undefined);
    if (made) {
      for (const m of made.mappings)
        for (const x of m.matches)
          if (x.actual !== undefined && x.actual !== x.template) assumptions.push({ kind: 'column', text: `${x.template} is ${x.actual}` });
      for (const left of made.leftOut)
        assumptions.push({ kind: 'other', text: `${left.query} is left out: no ${left.missing.join(', ')}` });
      return {
        app: made.input,
        explanation: `Made from the template ${template.name}, over ${topics.map(([, s]) => s).join(' and ')}.`,
        assumptions,
        templateId: template.id,
        engine: 'offline',
      };
    }
  }
  const app = templateApp(template);
  assumptions.push({
    kind: 'column',
    text: `the source is ${template.inputs.map((i) => i.topic).join(', ')} with the fields of the template`,
  });
  return {
    app: { ...app, name: named(prompt, app.name), templateId: template.id },
    explanation: `Made from the template ${template.name}.`,
    assumptions,
    templateId: template.id,
    engine: 'offline',
  };
}

function sourceFor(prompt: string, names: readonly string[]): string | undefined {
  const words = new Set(splitName(prompt).map(stem));
  const scored = names
    .map((name) => ({ name, hits: splitName(name).filter((w) => words.has(stem(w))).length }))
    .toSorted((a, b) => b.hits - a.hits)[0];
  return scored && (scored.hits > 0 || names.length <= 3) ? scored.name : undefined;
}

/** No more queries than asked; panels and alerts of what is left, or none. */
function limited(made: AppResult, max: number, alerts: boolean | undefined, dashboard: boolean | undefined): AppResult {
  const queries = made.app.queries.slice(0, max).map((q) =>
    alerts === false
      ? {
          ...q,
          sql: q.sql
            .split('\n')
            .filter((l) => !/^\s*--\s*@alert/.test(l))
            .join('\n'),
        }
      : q,
  );
  const { panels, ...rest } = made.app;
  const text = queries.map((q) => `${q.sql} ${q.sink ?? ''}`).join('\n');
  const kept = dashboard === false ? [] : (panels ?? []).filter((p) => p.metric === undefined || text.includes(p.metric));
  const shown =
    dashboard === false
      ? { panels: [] }
      : panels === undefined
        ? {}
        : { panels: queries.length === made.app.queries.length ? panels : kept };
  return { ...made, app: { ...rest, queries, ...shown } };
}
