import {
  customizeTemplate,
  loadTemplates,
  mapTemplate,
  type TemplateSource as RealSource,
  renderQuery,
  summaryOf,
  templateNamed,
} from '../apps/index.ts';
import { unknownStudioSource } from '../diagnostics/codes/studio.ts';
import type { Row } from '../protocol/query.ts';
import type { Apps, Templates } from '../protocol/studio/studio.ts';
import type { CustomizeOptions, Template } from '../protocol/studio/template.ts';
import type { ThreadSession } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import type { TemplateSource } from './studio-options.ts';

export interface TemplateServiceSetup {
  readonly runtime: SessionRuntime;
  readonly extra: readonly TemplateSource[];
  session(id: string | undefined): Promise<ThreadSession>;
  create: Apps['create'];
}

const SAMPLE_ROWS = 1_000;

/** Built-in templates and those of the host; the host's hide built-in ones of the same id. */
export function studioTemplates({ runtime, extra, session, create }: TemplateServiceSetup): Templates {
  const all = async (): Promise<readonly Template[]> => {
    const own = (await Promise.all(extra.map((source) => source.load()))).flat();
    const hidden = new Set(own.map((t) => t.id));
    return [...own, ...(await loadTemplates()).filter((t) => !hidden.has(t.id))];
  };
  const realSource = async (s: ThreadSession, name: string): Promise<RealSource> => {
    const binding = s.registry.find(name);
    if (!binding) throw unknownStudioSource(name, s.registry.names());
    const schema = (await s.schemasFor(`SELECT * FROM \`${binding.name}\``))[binding.name] ?? binding.schema;
    if (!schema) throw unknownStudioSource(name, s.registry.names());
    const samples: readonly Row[] = binding.input
      ? (await s.explorer.peek(binding.info.id, { limit: SAMPLE_ROWS, timeoutMs: 2_000 })).rows
      : [];
    return { name: binding.name, schema, samples };
  };
  return {
    async list({ category, search } = {}) {
      const templates = (await all()).map(summaryOf);
      const words = search?.toLowerCase();
      const matches = templates.filter(
        (t) =>
          (!category || t.category.toLowerCase().includes(category.toLowerCase())) &&
          (!words || `${t.id} ${t.name} ${t.description} ${t.tags.join(' ')}`.toLowerCase().includes(words)),
      );
      const counts = new Map<string, number>();
      for (const t of templates) counts.set(t.category, (counts.get(t.category) ?? 0) + 1);
      return { templates: matches, categories: [...counts].map(([name, count]) => ({ name, count })) };
    },
    get: async (id) => templateNamed(await all(), id),
    async preview(id, { source, sessionId, topic }) {
      const template = templateNamed(await all(), id);
      const real = await realSource(await session(sessionId), source);
      const wanted = template.inputs.some((i) => i.topic === topic) ? topic : undefined;
      const mapping = mapTemplate(template, real.schema, real.samples ?? [], {
        actualTopic: real.name,
        ...(wanted === undefined ? {} : { topic: wanted }),
      });
      const first = template.queries[0];
      return { mapping, sampleSql: first ? renderQuery(template, first) : '' };
    },
    async customize(id, { sessionId, ...options }) {
      const template = templateNamed(await all(), id);
      const s = await session(sessionId);
      const complete = withDefaults(template, options, s);
      const names = [...new Set(Object.values(complete.mappings).map((m) => m.topic))];
      const sources = await Promise.all(names.map((name) => realSource(s, name)));
      const made = await customizeTemplate(template, complete, sources, { now: runtime.clock.now() });
      const app = await create({ ...made.input, templateId: template.id });
      return { ...made, app };
    },
  };
}

/** `*` stands for the first input; inputs that nobody mapped look for a source of their own name. */
function withDefaults(template: Template, options: CustomizeOptions, s: ThreadSession): CustomizeOptions {
  const { '*': any, ...given } = options.mappings;
  const mappings: Record<string, CustomizeOptions['mappings'][string]> = { ...given };
  const first = template.inputs[0]?.topic;
  if (any && first !== undefined) mappings[first] = { ...any, topic: any.topic === '' ? first : any.topic };
  for (const { topic } of template.inputs) if (!mappings[topic] && s.registry.find(topic)) mappings[topic] = { topic, fields: {} };
  return { ...options, mappings };
}
