import type { Row } from '../../protocol/query.ts';
import type { FieldMatch, MappingProposal, Template, TemplateField, TemplateInput } from '../../protocol/studio/template.ts';
import type { ColumnSchema, TableSchema } from '../../protocol/table-schema.ts';
import { sqlTypeOf } from '../templates/template-schemas.ts';
import { assignBest } from './assign.ts';
import { nameSimilarity, wordsOf } from './name-words.ts';
import { offersFor } from './offers.ts';
import { typeFit } from './type-fit.ts';
import { roleFit, roleOfName, roleOfValues } from './value-role.ts';

export interface MapOptions {
  /** Input of the template, by topic; the first by default. */
  readonly topic?: string;
  /** Name of the real relation. */
  readonly actualTopic?: string;
  /** Template field → real field, as somebody chose; these are not looked for. */
  readonly chosen?: Readonly<Record<string, string>>;
}

/** From here a match is taken without asking. */
export const AUTO_FROM = 0.85;
/** From here a match is worth a suggestion. */
export const SUGGEST_FROM = 0.6;

/**
 * Matches the fields of a template with those of a real source, one to one, by name, type, values and description together
 * (the assignment with the highest total). What is below 0.6 is missing, with the nearest alternatives.
 */
export function mapTemplate(
  template: Template,
  schema: TableSchema,
  samples: readonly Row[] = [],
  options: MapOptions = {},
): MappingProposal {
  const input = template.inputs.find((each) => each.topic === options.topic) ?? (template.inputs[0] as TemplateInput);
  const { columns } = schema;
  const chosen = options.chosen ?? {};
  const open = input.fields.filter((field) => chosen[field.name] === undefined);
  const taken = new Set(Object.values(chosen));
  const free = columns.filter((column) => !taken.has(column.name));
  const scores = open.map((field) => free.map((column) => scoreOf(field, column, samples)));
  const assigned = assignBest(scores.map((row) => row.map((score) => (score < SUGGEST_FROM ? 0 : score))));
  const matches = input.fields.map((field): FieldMatch => {
    const hand = chosen[field.name];
    if (hand !== undefined) return chosenMatch(field, hand, columns);
    const row = open.indexOf(field);
    return matchOf(field, assigned[row] ?? -1, scores[row] as readonly number[], free);
  });
  const used = new Set(matches.flatMap((match) => match.actual ?? []));
  const required = matches.filter((_, i) => input.fields[i]?.required === true);
  const missing = required.filter((match) => match.actual === undefined);
  const unused = columns.filter((column) => !used.has(column.name));
  return {
    topic: input.topic,
    ...(options.actualTopic === undefined ? {} : { actualTopic: options.actualTopic }),
    matches,
    unused: offersFor(unused, {
      relation: options.actualTopic ?? input.topic,
      samples,
      columns,
      eventTime: eventTimeOf(input, matches, schema),
    }),
    confidence: required.length === 0 ? 1 : round(required.reduce((sum, match) => sum + match.confidence, 0) / required.length),
    compatible: missing.length === 0,
    warnings: warningsOf(matches, missing, columns),
  };
}

const round = (x: number): number => Math.round(x * 1000) / 1000;

function eventTimeOf(input: TemplateInput, matches: readonly FieldMatch[], schema: TableSchema): string | undefined {
  return schema.eventTime ?? matches.find((match) => match.template === input.eventTime)?.actual;
}

/** Weighted mean of what is known: without samples or descriptions, name and type decide. */
function scoreOf(field: TemplateField, column: ColumnSchema, samples: readonly Row[]): number {
  const wanted = sqlTypeOf(field.type);
  const type = typeFit(wanted, column.type).score;
  if (type === 0) return 0;
  const name = nameSimilarity(field.name, column.name);
  const parts: [weight: number, score: number][] = [
    [0.35, name],
    [0.25, type],
  ];
  const role = roleOfValues(column.name, samples);
  if (role !== 'unknown') parts.push([0.2, roleFit(roleOfName(wordsOf(field.name), wanted), role)]);
  if (field.description !== undefined && column.description !== undefined)
    parts.push([0.2, nameSimilarity(field.description, column.description)]);
  const weights = parts.reduce((sum, [weight]) => sum + weight, 0);
  const mean = parts.reduce((sum, [weight, score]) => sum + weight * score, 0) / weights;
  // A fitting type alone is no reason: half of all columns are numbers.
  return round(name >= 0.99 ? Math.max(mean, type >= 0.5 ? 0.97 : mean) : Math.min(mean, name + 0.12));
}

function chosenMatch(field: TemplateField, actual: string, columns: readonly ColumnSchema[]): FieldMatch {
  const column = columns.find((each) => each.name === actual);
  if (column === undefined)
    return { template: field.name, confidence: 0, status: 'missing', reason: `the source has no field "${actual}"`, alternatives: [] };
  return {
    template: field.name,
    actual,
    confidence: 1,
    status: 'chosen',
    reason: 'chosen by hand',
    alternatives: [],
    ...castOf(field, column),
  };
}

function matchOf(field: TemplateField, assigned: number, scores: readonly number[], columns: readonly ColumnSchema[]): FieldMatch {
  const alternatives = scores
    .map((confidence, i) => ({ actual: (columns[i] as ColumnSchema).name, confidence }))
    .filter(({ confidence }, i) => confidence >= 0.35 && i !== assigned)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, 3);
  const confidence = scores[assigned] ?? 0;
  const column = columns[assigned];
  if (column === undefined || confidence < SUGGEST_FROM) {
    const reason = alternatives.length === 0 ? 'nothing in the source resembles it' : 'nothing in the source resembles it closely';
    return { template: field.name, confidence: 0, status: 'missing', reason, alternatives };
  }
  const status = column.name === field.name || confidence >= AUTO_FROM ? 'exact' : 'suggested';
  return {
    template: field.name,
    actual: column.name,
    confidence,
    status,
    reason: reasonOf(field, column),
    alternatives,
    ...castOf(field, column),
  };
}

function reasonOf(field: TemplateField, column: ColumnSchema): string {
  const fit = typeFit(sqlTypeOf(field.type), column.type);
  const types = fit.score === 1 ? `both ${column.type}` : `${column.type} for ${sqlTypeOf(field.type)}`;
  return column.name === field.name ? `same name, ${types}` : `"${column.name}" reads like "${field.name}", ${types}`;
}

function castOf(field: TemplateField, column: ColumnSchema): { readonly cast?: string } {
  const wanted = sqlTypeOf(field.type);
  return typeFit(wanted, column.type).cast ? { cast: `CAST(${column.name} AS ${wanted})` } : {};
}

function warningsOf(matches: readonly FieldMatch[], missing: readonly FieldMatch[], columns: readonly ColumnSchema[]): string[] {
  const typeOf = new Map(columns.map((column) => [column.name, column.type]));
  return [
    ...missing.map(({ template, alternatives }) => {
      const near = alternatives.map((a) => a.actual).join(', ');
      return `required field "${template}" has no counterpart${near === '' ? '' : `; nearest: ${near}`}`;
    }),
    ...matches.flatMap(({ actual, cast }) =>
      cast !== undefined && actual !== undefined && /STRING/.test(typeOf.get(actual) ?? '')
        ? [`"${actual}" is text: ${cast} gives an error for records that are no number or time`]
        : [],
    ),
  ];
}
