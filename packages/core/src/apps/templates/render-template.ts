import { badParameter } from '../../diagnostics/codes/apps.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { Template, TemplateQuery } from '../../protocol/studio/template.ts';

/** `{name}` and `{{name}}`; what Prometheus writes in double braces begins with `$` and is none. */
const PLACEHOLDER = /\{\{\s*([A-Za-z_]\w*)\s*\}\}|\{([A-Za-z_]\w*)\}/g;

/** Names of the placeholders in a text, each once. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map((match) => (match[1] ?? match[2]) as string)),
];

/** What every template can use beside its parameters. */
export function builtInValues(template: Template, name: string = template.name): Readonly<Record<string, string>> {
  const topic = template.inputs[0]?.topic ?? '';
  const quoted = quoteName(topic);
  return { input_topic: quoted, source_topic: quoted, name: slugOf(name), prefix: slugOf(name) };
}

const WORD = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** A relation in SQL: a URI as a text, a name as it is or quoted. */
export const relationText = (relation: string): string =>
  relation.includes('://') ? `'${relation.replaceAll("'", "''")}'` : WORD.test(relation) ? relation : quoteName(relation);

/** A name of any letters in SQL. */
export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const PLAIN = /^[\p{L}\p{Nd}_ .:+-]{1,100}$/u;

/**
 * SQL of one query with its parameters filled in. A value is a number or a plain word: nothing that could end a text or begin
 * another statement.
 *
 * @throws {VeloError} `template-parameter`
 */
export function renderQuery(template: Template, query: TemplateQuery, params: Readonly<Record<string, string | number>> = {}): string {
  const values: Record<string, string> = { ...builtInValues(template) };
  for (const [name, { default: fallback }] of Object.entries(query.parameters)) values[name] = valueText(name, params[name] ?? fallback);
  return query.sql.replace(PLACEHOLDER, (whole, double?: string, single?: string) => values[(double ?? single) as string] ?? whole);
}

function valueText(name: string, value: string | number): string {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw badParameter(name, value, 'it is no finite number');
    return plainNumber(value);
  }
  if (!PLAIN.test(value) || value.includes('--')) throw badParameter(name, value, 'it is neither a number nor a plain word');
  return value;
}

/** Digits without an exponent, which not every place of SQL takes. */
function plainNumber(value: number): string {
  const text = String(value);
  return /e/i.test(text) ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}

/** The template as an application on the sources it was written for. */
export function templateApp(template: Template, params: Readonly<Record<string, string | number>> = {}): AppInput {
  const panels = template.dashboard?.panels;
  return {
    name: template.name,
    description: template.description,
    templateId: template.id,
    queries: template.queries.map((query, i) => ({
      id: `q${i + 1}`,
      name: query.name,
      sql: renderQuery(template, query, params),
      sink: query.outputTopic,
      ...(query.description === undefined ? {} : { description: query.description }),
    })),
    ...(panels === undefined ? {} : { panels: placedPanels(panels) }),
    ...(template.test === undefined ? {} : { test: template.test }),
  };
}

/** Panels as an application has them; those without a place go below the others, in two columns. */
export function placedPanels(panels: NonNullable<Template['dashboard']>['panels']): NonNullable<AppInput['panels']> {
  const bottom = Math.max(0, ...panels.map(({ position }) => (position === undefined ? 0 : position.y + position.h)));
  let free = 0;
  return panels.map(({ title, query, type, source, unit, position }) => {
    const at = position ?? { x: (free % 2) * 12, y: bottom + Math.floor(free++ / 2) * 8, w: 12, h: 8 };
    return {
      title,
      type,
      position: at,
      ...(query === undefined ? {} : { metric: query }),
      ...(source === undefined ? {} : { source }),
      ...(unit === undefined ? {} : { unit }),
    };
  });
}
