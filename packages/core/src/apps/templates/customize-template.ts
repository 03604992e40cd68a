import { unmappableTemplate } from '../../diagnostics/codes/apps.ts';
import type { Row } from '../../protocol/query.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { CustomizedApp, CustomizeOptions, MappingProposal, Template, TemplateInput } from '../../protocol/studio/template.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { analyzeApp } from '../analyze-app.ts';
import { type BoundApp, type BoundAppQuery, bindApp } from '../bind-app.ts';
import { mapTemplate } from '../mapping/map-template.ts';
import { typeFit } from '../mapping/type-fit.ts';
import { relationLabel } from '../relation-label.ts';
import { columnUses } from '../rename/column-uses.ts';
import { type RelationRename, renameQuery } from '../rename/rename-query.ts';
import { calibrate } from './calibrate.ts';
import { customizedTest } from './customized-test.ts';
import { templateApp } from './render-template.ts';
import { inputSchemas, sqlTypeOf } from './template-schemas.ts';

/** A real source that a template can be put on. */
export interface TemplateSource {
  /** Name or URI, as it will stand in the SQL. */
  readonly name: string;
  readonly schema: TableSchema;
  /** Real records, for values and thresholds. */
  readonly samples?: readonly Row[];
}

export interface CustomizeContext {
  /** ms since the epoch: the host's clock. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/**
 * A template on real sources: fields mapped, casts where types differ, thresholds proposed from samples, queries left out whose
 * fields are missing, and a test whose data looks like the real one. The SQL is rewritten at the places that the bound plan names.
 *
 * @throws {VeloError} `schema-mismatch` when no query can run, `template-parameter`
 */
export async function customizeTemplate(
  template: Template,
  options: CustomizeOptions,
  sources: readonly TemplateSource[],
  context: CustomizeContext,
): Promise<CustomizedApp> {
  const mapped = template.inputs.map((input) => mapInput(template, input, options, sources));
  const calibrations = await calibrate(
    template,
    renamesOf(mapped),
    mapped.flatMap(({ input, source }) => (source === undefined ? [] : [{ topic: input.topic, source }])),
    context,
  );
  const params = { ...Object.fromEntries(calibrations.map(({ parameter, proposed }) => [parameter, proposed])), ...options.params };
  const base = templateApp(template, params);
  const bound = bindApp(base.queries, inputSchemas(template));
  const kept = keepable(bound, mapped);
  if (kept.queries.length === 0) throw unmappableTemplate(template.id, [...new Set(kept.leftOut.flatMap((each) => each.missing))]);
  const { queries, outputs } = renameAll(bound, base, kept.queries, renamesOf(mapped));
  const offered = offeredQueries(mapped, options.addOffers ?? []);
  const tested = customizedTest(template, mapped, outputs);
  const input = withoutLostPanels({
    ...base,
    ...tested,
    name: options.name ?? template.name,
    queries: [...queries, ...offered.map((query, i) => ({ ...query, id: `q${template.queries.length + i + 1}` }))],
  });
  const schemas = Object.fromEntries(mapped.flatMap(({ source }) => (source === undefined ? [] : [[source.name, source.schema]])));
  const app = analyzeApp(input, { schemas, now: context.now });
  const known = new Set(app.metrics.map((metric) => metric.name));
  const panels = input.panels?.filter((panel) => panel.metric === undefined || known.has(panel.metric));
  const finished = panels === undefined ? input : { ...input, panels };
  return {
    app: analyzeApp(finished, { schemas, now: context.now }),
    input: finished,
    mappings: mapped.map(({ proposal }) => proposal),
    calibrations,
    leftOut: kept.leftOut,
    ...tested,
  };
}

export interface MappedInput {
  readonly input: TemplateInput;
  readonly source: TemplateSource | undefined;
  readonly proposal: MappingProposal;
  /** Template field → real field. */
  readonly fields: ReadonlyMap<string, string>;
}

function mapInput(template: Template, input: TemplateInput, options: CustomizeOptions, sources: readonly TemplateSource[]): MappedInput {
  const given = options.mappings[input.topic];
  const candidates = given === undefined ? sources : sources.filter((s) => relationLabel(s.name) === relationLabel(given.topic));
  const proposals = candidates.map((source) => ({
    source,
    proposal: mapTemplate(template, source.schema, source.samples ?? [], {
      topic: input.topic,
      actualTopic: source.name,
      chosen: given?.fields ?? {},
    }),
  }));
  const best = proposals.sort((a, b) => score(b.proposal) - score(a.proposal))[0];
  const usable = best !== undefined && (given !== undefined || options.autoDiscover === true) ? best : undefined;
  if (usable === undefined) {
    const proposal = best?.proposal ?? mapTemplate(template, { columns: [] }, [], { topic: input.topic });
    return { input, source: undefined, proposal, fields: new Map() };
  }
  const auto = options.autoDiscover === true;
  const taken = usable.proposal.matches.filter((match) => match.status !== 'suggested' || auto || given !== undefined);
  const fields = new Map(taken.flatMap(({ template: field, actual }) => (actual === undefined ? [] : [[field, actual] as const])));
  return { input, source: usable.source, proposal: usable.proposal, fields };
}

const score = (proposal: MappingProposal): number => proposal.confidence + (proposal.compatible ? 1 : 0);

/** Per topic of the template, what its columns become. */
function renamesOf(mapped: readonly MappedInput[]): Map<string, RelationRename> {
  return new Map(
    mapped.map(({ input, source, fields }) => {
      const types = new Map(source?.schema.columns.map((column) => [column.name, column.type]) ?? []);
      const casts = input.fields.flatMap((field) => {
        const actual = fields.get(field.name);
        const type = actual === undefined ? undefined : types.get(actual);
        const wanted = sqlTypeOf(field.type);
        return type !== undefined && typeFit(wanted, type).cast ? [[field.name, wanted] as const] : [];
      });
      return [input.topic, { ...(source === undefined ? {} : { relation: source.name }), columns: fields, casts: new Map(casts) }];
    }),
  );
}

interface Kept {
  readonly queries: readonly BoundAppQuery[];
  readonly leftOut: readonly { readonly query: string; readonly missing: readonly string[] }[];
}

/** Queries whose fields are all there, and which read no output of one that is left out. */
function keepable(bound: BoundApp, mapped: readonly MappedInput[]): Kept {
  const byTopic = new Map(mapped.map((each) => [each.input.topic, each]));
  const lost = new Set<string>();
  const leftOut: { query: string; missing: readonly string[] }[] = [];
  const kept: BoundAppQuery[] = [];
  for (const id of new Set(bound.ordered.map((statement) => statement.queryId))) {
    const query = bound.queries.find((each) => each.id === id) as BoundAppQuery;
    const missing = new Set<string>();
    for (const statement of query.statements) {
      for (const name of statement.reads) {
        if (lost.has(relationLabel(name))) missing.add(relationLabel(name));
        if (byTopic.has(name) && byTopic.get(name)?.source === undefined) missing.add(name);
      }
      for (const use of statement.bound === null ? [] : columnUses(statement.bound.query)) {
        const input = byTopic.get(use.relation);
        if (input !== undefined && !input.fields.has(use.column)) missing.add(use.column);
      }
    }
    if (missing.size === 0) {
      kept.push(query);
      continue;
    }
    leftOut.push({ query: query.name, missing: [...missing] });
    for (const output of query.statements.flatMap((statement) => statement.outputs)) lost.add(relationLabel(output));
  }
  return { queries: bound.queries.filter((query) => kept.includes(query)), leftOut };
}

/** Rewrites the queries in the order of their reading, so that each sees how the outputs before it are called now. */
function renameAll(
  bound: BoundApp,
  base: AppInput,
  kept: readonly BoundAppQuery[],
  renames: Map<string, RelationRename>,
): { readonly queries: AppInput['queries'][number][]; readonly outputs: ReadonlyMap<string, ReadonlyMap<string, string>> } {
  const done = new Map<string, string>();
  const byName = new Map<string, ReadonlyMap<string, string>>();
  for (const id of new Set(bound.ordered.map((statement) => statement.queryId))) {
    const query = kept.find((each) => each.id === id);
    if (query === undefined) continue;
    const { sql, outputs } = renameQuery(query, renames);
    done.set(id, sql);
    byName.set(query.name, outputs);
    for (const output of query.main?.outputs ?? []) renames.set(output, { columns: outputs, casts: new Map() });
  }
  const queries = base.queries.flatMap((query) => {
    const sql = done.get(query.id ?? '');
    return sql === undefined ? [] : [{ ...query, sql }];
  });
  return { queries, outputs: byName };
}

function offeredQueries(mapped: readonly MappedInput[], wanted: readonly string[]): AppInput['queries'][number][] {
  const offers = mapped.flatMap(({ proposal }) => proposal.unused);
  return wanted.flatMap((name) => {
    const found = offers.find((offer) => offer.query?.name === name || offer.field === name)?.query;
    return found === undefined ? [] : [{ name: found.name, sql: found.sql, sink: found.name }];
  });
}

/** Panels that show what a left-out query would have written go with it. */
function withoutLostPanels(input: AppInput): AppInput {
  if (input.panels === undefined) return input;
  const sinks = new Set(input.queries.map((query) => query.sink));
  return { ...input, panels: input.panels.filter((panel) => panel.source === undefined || sinks.has(panel.source)) };
}
