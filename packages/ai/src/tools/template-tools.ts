import type { ArtifactOf } from '@velostream/core/protocol';
import type { AppInput, CustomizedApp, CustomizeOptions, Template } from '@velostream/core/protocol/deploy';
import { findSource } from './explore-tools.ts';
import * as f from './fields.ts';
import { defineTool, latestArtifact, putArtifact, type Tool, type ToolContext } from './tool.ts';

const listTemplates = defineTool({
  name: 'list_templates',
  title: 'List templates',
  description: 'Ready applications to adapt: what each answers, its queries, and the fields it needs.',
  risk: 'read',
  artifact: 'template-browser',
  input: f.object({ category: f.maybe(f.shortText('Category')), search: f.maybe(f.shortText('Words to look for')) }),
  output: f.facts({ total: f.z.number(), templates: f.z.array(f.z.looseObject({ id: f.z.string() })) }),
  async execute({ category, search }, context) {
    const { templates, categories } = await context.studio.templates.list({
      ...(category === undefined ? {} : { category }),
      ...(search === undefined ? {} : { search }),
    });
    const artifact = await putArtifact(context, 'template-browser', {
      title: 'Templates',
      data: { templates, categories },
      by: 'list_templates',
      state: templates.length === 0 ? 'empty' : 'done',
    });
    return {
      output: { total: templates.length, templates: templates.map((t) => ({ id: t.id, name: t.name, category: t.category })) },
      artifact,
      untrusted: true,
      text: `${templates.length} templates: ${templates.map((t) => t.name).join(', ')}.`,
    };
  },
});

/** A template by id, alias, name or part of it. */
export async function findTemplate(context: ToolContext, words: string): Promise<Template> {
  const { templates } = await context.studio.templates.list();
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  const wanted = plain(words);
  const exact = templates.find((t) => t.id === words || plain(t.name) === wanted || plain(t.id) === wanted);
  if (exact) return context.studio.templates.get(exact.id);
  const scored = templates
    .map((t) => ({
      id: t.id,
      hits: wanted.split(' ').filter((w) => w.length > 2 && plain(`${t.id} ${t.name} ${t.tags.join(' ')}`).includes(w)).length,
    }))
    .toSorted((a, b) => b.hits - a.hits)[0];
  return context.studio.templates.get(scored && scored.hits > 0 ? scored.id : words);
}

/** What a template makes with its own defaults, for a look. */
async function sampleApp(context: ToolContext, template: Template) {
  const { templateApp } = await import('@velostream/core/apps');
  const input = templateApp(template) as AppInput;
  return context.studio.apps.create({ ...input, templateId: template.id });
}

const getTemplate = defineTool({
  name: 'get_template',
  title: 'Show a template',
  description: 'One template as it stands: queries, expected fields, metrics, alerts, dashboard. Read-only.',
  risk: 'read',
  artifact: 'app-preview',
  input: f.object({ template_id: f.shortText('Id or name') }),
  output: f.facts({ id: f.z.string(), queries: f.z.array(f.z.string()) }),
  async execute({ template_id }, context) {
    const template = await findTemplate(context, template_id);
    const app = await sampleApp(context, template);
    const artifact = await putArtifact(context, 'app-preview', {
      title: template.name,
      data: { app, readOnly: true, template },
      by: 'get_template',
      actions: [{ name: 'use-template', label: 'Use template', primary: true }],
    });
    await context.studio.apps.delete(app.id);
    const fields = template.inputs.flatMap((i) => i.fields.map((x) => `${x.name} ${x.type}${x.required ? '' : ' (optional)'}`));
    return {
      output: {
        id: template.id,
        name: template.name,
        queries: template.queries.map((q) => q.name),
        inputs: template.inputs.map((i) => ({ topic: i.topic, fields: i.fields.map((x) => x.name) })),
      },
      artifact,
      untrusted: true,
      text: `${template.name}: ${template.queries.length} queries. It expects ${fields.join(', ')}.`,
    };
  },
});

const mapping = f.z.looseObject({ topic: f.z.optional(f.z.string()), fields: f.z.optional(f.z.record(f.z.string(), f.z.string())) });

const customizeTemplate = defineTool({
  name: 'customize_template',
  title: 'Adapt a template',
  description:
    'Maps a template onto a real source: given field names, or by best match; rewrites the SQL and proposes thresholds from samples.',
  risk: 'compute',
  artifact: 'app-preview',
  timeoutMs: 60_000,
  input: f.object({
    template_id: f.shortText('Id or name'),
    source_topic: f.maybe(f.shortText('Real source for the first input')),
    field_mappings: f.maybe(f.z.record(f.z.string(), f.z.string())),
    schema_mapping: f.maybe(f.z.record(f.z.string(), mapping)),
    params: f.maybe(f.open('Values of parameters')),
    add_offers: f.maybe(f.list(f.shortText('Name'), 'Offered queries to add, or all')),
  }),
  output: f.facts({ appId: f.z.string(), mapped: f.z.array(f.z.string()), leftOut: f.z.array(f.z.unknown()) }),
  async execute(input, context) {
    const template = await findTemplate(context, input.template_id);
    const first = template.inputs[0]?.topic ?? 'input';
    const mappings: Record<string, { topic: string; fields: Readonly<Record<string, string>> }> = {};
    for (const [topic, m] of Object.entries(input.schema_mapping ?? {}))
      mappings[topic] = { topic: m.topic ?? topic, fields: m.fields ?? {} };
    if (input.source_topic !== undefined) {
      const id = await findSource(context, input.source_topic);
      mappings[first] = { topic: id.split('/').at(-1) ?? input.source_topic, fields: input.field_mappings ?? {} };
    }
    const before = latestOf(context, template.id);
    // A template that is on real fields already stays on them when something is added to it.
    if (Object.keys(mappings).length === 0) Object.assign(mappings, mappingsOf(before));
    const wanted = input.add_offers?.includes('all') ? offersShown(context) : (input.add_offers ?? []);
    const customized = await context.studio.templates.customize(template.id, {
      mappings,
      autoDiscover: true,
      sessionId: context.session.id,
      ...(input.params ? { params: input.params as Record<string, string | number> } : {}),
      ...(input.add_offers ? { addOffers: wanted } : {}),
    });
    const { app, mappings: found, leftOut, calibrations } = customized;
    const artifact = await putArtifact(context, 'app-preview', {
      title: app.name,
      data: { app, readOnly: false, template, mappings: found },
      by: 'customize_template',
      ...(before ? { id: before.id } : {}),
    });
    const mapped = found.flatMap((m) => m.matches.filter((x) => x.actual !== undefined).map((x) => `${x.template} → ${x.actual}`));
    const offers = found.flatMap((m) => m.unused.filter((u) => u.query).map((u) => u.query?.name ?? u.field));
    const added = wanted.filter((name) => app.queries.some((q) => q.name === name));
    return {
      output: { appId: app.id, mapped, leftOut: [...leftOut], calibrations: [...calibrations], offers },
      artifact,
      untrusted: true,
      text: customizedText(customized, added),
    };
  },
});

const latestOf = ({ session }: ToolContext, templateId: string): ArtifactOf<'app-preview'> | undefined =>
  session.notebook.artifacts.findLast(
    (a): a is ArtifactOf<'app-preview'> => a.kind === 'app-preview' && !a.data.readOnly && a.data.app.templateId === templateId,
  );

/** The real topics and fields that an adapted template is on. */
const mappingsOf = (artifact: ArtifactOf<'app-preview'> | undefined): CustomizeOptions['mappings'] =>
  Object.fromEntries(
    (artifact?.data.mappings ?? []).flatMap(({ topic, actualTopic, matches }) =>
      actualTopic === undefined
        ? []
        : [
            [
              topic,
              {
                topic: actualTopic,
                fields: Object.fromEntries(matches.flatMap((m) => (m.actual === undefined ? [] : [[m.template, m.actual]]))),
              },
            ],
          ],
    ),
  );

/** `Fraud detection runs on transactions with 5 queries. It reads amount from transaction_amount, …`, or what was added to it. */
function customizedText({ app, mappings, leftOut }: CustomizedApp, added: readonly string[]): string {
  const topics = mappings.flatMap((m) => m.actualTopic ?? []).join(', ') || 'what is connected';
  const left =
    leftOut.length > 0
      ? ` Left out, because a field is missing: ${leftOut.map((l) => `${l.query} (${l.missing.join(', ')})`).join(', ')}.`
      : '';
  const queries = `${app.queries.length} ${app.queries.length === 1 ? 'query' : 'queries'}`;
  if (added.length > 0) return `Added ${added.join(' and ')}. ${app.name} has ${queries} over ${topics} now.`;
  const renamed = mappings
    .flatMap((m) => m.matches)
    .flatMap(({ template, actual }) => (actual === undefined || actual === template ? [] : [`${template} from ${actual}`]));
  const reads = renamed.length > 0 ? ` It reads ${renamed.join(', ')}.` : '';
  const unused = mappings.flatMap((m) => m.unused.filter((u) => u.query));
  const offers = unused.map(({ field, offer, query }) => `${field} for ${offer ?? query?.name ?? 'another query'}`);
  const word = offers.length === 2 ? 'add both' : 'add them';
  const more =
    offers.length > 0
      ? ` Not used yet: ${offers.join('; ')}. Say “${word}” to have ${offers.length === 1 ? 'a query' : 'queries'} for that.`
      : '';
  return `${app.name} has ${queries} over ${topics}.${reads}${left}${more}`;
}

/** Queries that the adapted template offered for fields it does not use. */
const offersShown = (context: ToolContext): string[] =>
  latestArtifact(context.session, 'app-preview')?.data.mappings?.flatMap((m) => m.unused.flatMap((u) => (u.query ? [u.query.name] : []))) ??
  [];

export const templateTools: readonly Tool[] = [listTemplates, getTemplate, customizeTemplate];
