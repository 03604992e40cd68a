import { parse as parseYaml } from 'yaml';
import { badTemplate } from '../../diagnostics/codes/apps.ts';
import type { PanelType } from '../../protocol/studio/app.ts';
import type { Template, TemplatePanel, TemplateParameter, TemplateQuery } from '../../protocol/studio/template.ts';
import { type TemplateFile, templateSchema } from './template-schema.ts';

const YAML_CHARACTERS_MAX = 1_000_000;

/** Words for panels that other tools use. */
const PANEL_TYPES: Readonly<Record<string, PanelType>> = {
  line: 'timeseries',
  graph: 'timeseries',
  timeseries: 'timeseries',
  bar: 'barchart',
  barchart: 'barchart',
  table: 'table',
  stat: 'stat',
  gauge: 'gauge',
  heatmap: 'heatmap',
  histogram: 'heatmap',
  alertlist: 'alertlist',
  alerts: 'alertlist',
  pie: 'piechart',
  piechart: 'piechart',
  bargauge: 'bargauge',
};

/**
 * Reads a template from YAML text or from data of the same shape.
 *
 * @throws {VeloError} `template-invalid`, with every problem in `details.problems`.
 */
export function parseTemplate(source: string | Readonly<Record<string, unknown>>): Template {
  const data = typeof source === 'string' ? readYaml(source) : source;
  const read = templateSchema.safeParse(data, { jitless: true });
  if (!read.success) {
    const id = typeof data === 'object' && data !== null && 'id' in data ? String(data.id) : '(unnamed)';
    throw badTemplate(
      id,
      read.error.issues.map((issue) => `${issue.path.join('.') || 'template'}: ${issue.message}`),
    );
  }
  return fromFile(read.data);
}

function readYaml(text: string): unknown {
  if (text.length > YAML_CHARACTERS_MAX) throw badTemplate('(unread)', [`the text is longer than ${YAML_CHARACTERS_MAX} characters`]);
  try {
    return parseYaml(text, { maxAliasCount: 100 });
  } catch (error) {
    throw badTemplate('(unread)', [`not valid YAML: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function fromFile(file: TemplateFile): Template {
  const inputs = [...(file.input === undefined ? [] : [file.input]), ...(file.inputs ?? [])];
  const problems: string[] = [];
  if (file.query_count !== undefined && file.query_count !== file.queries.length)
    problems.push(`query_count: ${file.query_count} queries are declared and ${file.queries.length} are there`);
  const dashboard = file.dashboard && {
    title: file.dashboard.title,
    panels: file.dashboard.panels.map((panel) => panelOf(panel, problems)),
  };
  if (problems.length > 0) throw badTemplate(file.id, problems);
  return {
    id: file.id,
    name: file.name,
    description: file.description.trim(),
    category: file.category,
    version: file.version,
    tags: file.tags,
    aliases: file.aliases,
    questions: file.questions,
    inputs: inputs.map(({ topic, event_time, fields, description }) => ({
      topic,
      ...(event_time === undefined ? {} : { eventTime: event_time }),
      ...(description === undefined ? {} : { description }),
      fields: fields.map(({ name, type, required, description, cardinality }) => ({
        name,
        type,
        required,
        ...(description === undefined ? {} : { description }),
        ...(cardinality === undefined ? {} : { cardinality }),
      })),
    })),
    queries: file.queries.map(queryOf),
    ...(dashboard === undefined ? {} : { dashboard }),
    ...(file.test === undefined ? {} : { test: file.test }),
  };
}

function queryOf(query: TemplateFile['queries'][number]): TemplateQuery {
  const parameters: Record<string, TemplateParameter> = Object.create(null);
  for (const [name, given] of Object.entries(query.parameters)) {
    if (typeof given !== 'object') parameters[name] = { default: given };
    else
      parameters[name] = {
        default: given.default,
        ...(given.description === undefined ? {} : { description: given.description }),
        ...(given.auto_calibrate === undefined ? {} : { autoCalibrate: given.auto_calibrate }),
      };
  }
  return {
    name: query.name,
    ...(query.description === undefined ? {} : { description: query.description }),
    sql: query.sql.trim(),
    outputTopic: query.output_topic,
    parameters,
    requiresFields: query.requires_fields,
  };
}

function panelOf(panel: NonNullable<TemplateFile['dashboard']>['panels'][number], problems: string[]): TemplatePanel {
  const type = PANEL_TYPES[panel.type.toLowerCase()];
  if (type === undefined) problems.push(`dashboard: panel "${panel.title}" is of the unknown type "${panel.type}"`);
  const { position } = panel;
  const placed = position === undefined || 'x' in position ? position : { x: position.col * 12, y: position.row * 8, w: 12, h: 8 };
  return {
    title: panel.title,
    type: type ?? 'timeseries',
    ...(panel.query === undefined ? {} : { query: panel.query }),
    ...(panel.source === undefined ? {} : { source: panel.source }),
    ...(panel.unit === undefined ? {} : { unit: panel.unit }),
    ...(placed === undefined ? {} : { position: placed }),
  };
}
