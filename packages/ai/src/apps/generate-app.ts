import { customizeTemplate, nothingToBuild, templateApp } from '@velostream/core/apps';
import type { AppRequest, AppResult, Assumption } from '@velostream/core/protocol/assist';
import type { AppInput } from '@velostream/core/protocol/deploy';
import { format } from '@velostream/core/sql';
import { annotate, metricsFor } from '../analyse/advise-annotations.ts';
import { printIr } from '../ir/print-ir.ts';
import { partsOf } from '../offline/sql-parts.ts';
import { splitName, stem } from '../offline/stem.ts';
import { headingOf } from '../tools/spell-name.ts';
import { askWishes } from './ask-wishes.ts';
import { isSpokenOf, rankTemplates, type TemplateChoice } from './pick-template.ts';
import { planQueries } from './plan-queries.ts';
import { planWishes } from './plan-wishes.ts';
import { readWishes, type Wishes } from './read-wishes.ts';

const called = (prompt: string, fallback: string): string =>
  /\b(?:called|named)\s+["'“]?([\w][\w -]{1,40})["'”]?/i.exec(prompt)?.[1]?.trim() ?? fallback;

/**
 * An application from one sentence, without a model: the template whose field it speaks of, put on the known sources; otherwise the figures and
 * alerts that the sentence names, over the fields that are connected, or over fields that its own words propose where nothing is.
 */
export async function generateApp(request: AppRequest): Promise<AppResult> {
  const { prompt, schemas, options = {} } = request;
  const ranked = await rankTemplates(prompt, schemas);
  const wishes = readWishes(prompt);
  const [best] = ranked;
  const isConnected = Object.keys(schemas).length > 0;
  const template = best && isFit(best, wishes, schemas) ? await fromTemplate(best, request) : undefined;
  const made = template ?? (isConnected ? fromSources(request, wishes) : undefined) ?? fromWords(request, wishes);
  return limited(made, options.maxQueries ?? 20, options.includeAlerts, options.includeDashboard);
}

/** Words speak for it; or, where nothing particular was asked for, the fields do. Over other sources than those that are named it does not fit. */
function isFit(choice: TemplateChoice, wishes: Wishes, schemas: AppRequest['schemas']): boolean {
  const { template, sources, bySource, byWords, covers } = choice;
  const mapped = Object.keys(sources).length === template.inputs.length;
  const isSpoken = isSpokenOf(choice, wishes);
  if (Object.keys(schemas).length === 0) return isSpoken;
  const named = namedSources(wishes, schemas);
  if (!named.every((name) => Object.values(sources).includes(name))) return false;
  const isAsked = wishes.wishes.some((w) => w.by.length > 0 || w.bound);
  if (isSpoken && !isAsked) return mapped || named.length === 0;
  const isAbout = covers > 0 || wishes.wishes.length === 0 || named.length > 0;
  return mapped && !isAsked && isAbout && (bySource > 0.8 || byWords >= 0.25);
}

/** What is connected and named, for which the fields of a template would only stand in. */
function namedSources({ subject, wishes }: Wishes, schemas: AppRequest['schemas']): string[] {
  const said = new Set([subject, ...wishes.map((w) => w.text)].flatMap((text) => splitName(text).map(stem)));
  return Object.keys(schemas).filter((name) => splitName(name).every((part) => said.has(stem(part))));
}

/** Panels of one source where nothing was asked of it in particular. */
const PANELS = 5;

/** What was asked for over the connected fields; where little was, what these fields suggest beside it. */
function fromSources({ prompt, schemas, options = {} }: AppRequest, wishes: Wishes): AppResult | undefined {
  const asked = askWishes(wishes, schemas);
  const read = asked.queries.map((q) => partsOf(q.sql)?.base).find((base) => base !== undefined);
  const over = [...new Set([...(read === undefined ? [] : [read]), ...namedSources(wishes, schemas)])];
  const chosen = over.length > 0 ? undefined : sourceFor(prompt, schemas, wishes.wishes.length === 0);
  const sources = chosen === undefined ? over : [chosen];
  if (sources.length === 0) return undefined;
  const own = named(asked.queries);
  const wanted = options.skipSqlPreview && own.length > 0 ? own.length : 3;
  const each = Math.ceil((own.length === 0 ? PANELS : Math.max(0, wanted - own.length)) / sources.length);
  const more = each === 0 ? [] : sources.flatMap((source) => planQueries(source, schemas, each));
  const queries = [...own, ...more.filter((q) => !own.some((o) => o.name === q.name))].map((q, i) => ({ ...q, id: `q${i + 1}` }));
  if (queries.length === 0) return undefined;
  const open: Assumption[] = asked.open.map((text) => ({ kind: 'other', text }));
  const assumed: Assumption[] =
    own.length > 0 ? [] : [{ kind: 'other', text: `the queries follow from the fields of ${sources.join(' and ')}` }];
  return {
    app: { name: called(prompt, `${sources.map(headingOf).join(' and ')} Monitoring`), queries },
    explanation: [
      own.length > 0
        ? `${own.length} of the queries ${own.length === 1 ? 'is' : 'are'} what you asked for.`
        : `Made from the fields of ${sources.join(' and ')}.`,
      ...asked.open.map(sentence),
    ].join(' '),
    assumptions: [...assumed, ...open],
    engine: 'offline',
  };
}

/** Where nothing is connected: the figures of the sentence over a stream whose fields it names. */
function fromWords({ prompt, schemas }: AppRequest, wishes: Wishes): AppResult {
  if (wishes.subject === '' && wishes.wishes.length === 0) throw nothingToBuild();
  const plan = planWishes(wishes);
  const fields = plan.schema.columns.map((c) => c.name).join(', ');
  const instead = Object.keys(schemas).length > 0 ? 'nothing that is connected has this; ' : '';
  const assumption = `${instead}the source is ${plan.source} with the fields ${fields}`;
  return {
    app: {
      name: called(prompt, headingOf(wishes.subject === '' ? plan.source : wishes.subject)),
      queries: named(plan.queries.map(({ title, ir }) => ({ title, sql: printIr(ir) }))),
    },
    explanation: [sentence(assumption), ...plan.open.map(sentence)].join(' '),
    assumptions: [{ kind: 'column', text: assumption }, ...plan.open.map((text): Assumption => ({ kind: 'other', text }))],
    engine: 'offline',
  };
}

const sentence = (text: string): string => `${text.replace(/^["“]?./, (c) => c.toUpperCase())}.`;

/** Queries with names, sinks and metrics of their own. */
function named(asked: readonly { readonly title: string; readonly sql: string }[]): AppInput['queries'][number][] {
  const taken = new Set<string>();
  return asked.map(({ title, sql }, i) => {
    const parts = partsOf(sql);
    const metrics = (parts ? metricsFor(parts).slice(0, 2) : []).filter((m) => !taken.has(m.name));
    for (const m of metrics) taken.add(m.name);
    return {
      id: `q${i + 1}`,
      name: headingOf(title.replace(/\s+/g, '_')),
      sink: title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
      sql: parts ? format(annotate(parts, metrics, [])).trim() : sql,
    };
  });
}

async function fromTemplate(choice: TemplateChoice, { prompt, schemas }: AppRequest): Promise<AppResult | undefined> {
  const { template } = choice;
  const assumptions: Assumption[] = [];
  const topics = Object.entries(choice.sources);
  if (topics.length > 0) {
    const mappings = Object.fromEntries(topics.map(([topic, source]) => [topic, { topic: source, fields: {} }]));
    const sources = topics.flatMap(([, name]) => (schemas[name] ? [{ name, schema: schemas[name] }] : []));
    const made = await customizeTemplate(template, { mappings, autoDiscover: true, name: called(prompt, template.name) }, sources, {
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
    app: { ...app, name: called(prompt, app.name), templateId: template.id },
    explanation: `Made from the template ${template.name}.`,
    assumptions,
    templateId: template.id,
    engine: 'offline',
  };
}

/** The source that the words name; the widest stream where they ask for nothing in particular. */
function sourceFor(prompt: string, schemas: AppRequest['schemas'], isOpen: boolean): string | undefined {
  const words = new Set(splitName(prompt).map(stem));
  const [best] = Object.entries(schemas)
    .map(([name, { kind, columns }]) => ({
      name,
      hits: splitName(name).filter((w) => words.has(stem(w))).length,
      isStream: kind !== 'table',
      fields: columns.length,
    }))
    .toSorted((a, b) => b.hits - a.hits || Number(b.isStream) - Number(a.isStream) || b.fields - a.fields);
  return best && (best.hits > 0 || isOpen) ? best.name : undefined;
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
