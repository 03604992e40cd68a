import { createEngine } from '../../engine/create-engine.ts';
import type { Row } from '../../protocol/query.ts';
import type { Calibration, Template, TemplateQuery } from '../../protocol/studio/template.ts';
import type { Expression, Query, Select, SelectItem, Statement } from '../../sql/ast/index.ts';
import { parse, printQuery } from '../../sql/syntax/index.ts';
import { bindApp } from '../bind-app.ts';
import { type RelationRename, renameQuery } from '../rename/rename-query.ts';
import type { CustomizeContext, TemplateSource } from './customize-template.ts';
import { renderQuery } from './render-template.ts';
import { inputSchemas } from './template-schemas.ts';

const SAMPLES_MIN = 200;
/** Stands for a parameter while its place in the tree is looked for; no template uses these digits. */
const MARK = 918_273_645;

interface SourceOf {
  readonly topic: string;
  readonly source: TemplateSource;
}

/**
 * Proposes values for the parameters that ask for it: the 99th percentile of what the parameter is compared with, found by running
 * the query over real samples. With fewer than 200 samples the default stays, and the reason says so.
 */
export async function calibrate(
  template: Template,
  renames: ReadonlyMap<string, RelationRename>,
  sources: readonly SourceOf[],
  context: CustomizeContext,
): Promise<Calibration[]> {
  const found: Calibration[] = [];
  const done = new Set<string>();
  for (const query of template.queries) {
    for (const [name, parameter] of Object.entries(query.parameters)) {
      if (parameter.autoCalibrate !== true || done.has(name)) continue;
      done.add(name);
      const values = await observed({ template, query, name, renames, sources, context });
      found.push(proposal(name, parameter.default, values, sources));
    }
  }
  return found;
}

interface Search {
  readonly template: Template;
  readonly query: TemplateQuery;
  readonly name: string;
  readonly renames: ReadonlyMap<string, RelationRename>;
  readonly sources: readonly SourceOf[];
  readonly context: CustomizeContext;
}

/** What the parameter is compared with, over the samples; null: its place was not understood, or the samples do not fit. */
async function observed(
  search: Search,
): Promise<{ readonly values: readonly number[]; readonly what: string; readonly direction: Direction } | null> {
  const { template, query, name, renames, sources, context } = search;
  const marked = renderQuery(template, query, { [name]: MARK });
  const statement = parse(marked).statements[0];
  const select = statement === undefined ? undefined : selectOf(statement);
  if (select === undefined) return null;
  const alert =
    parse(marked)
      .annotations.alerts.map((a) => comparedWith(a.condition.expression))
      .find((c) => c !== null) ?? null;
  const where = select.where === undefined ? null : comparedWith(select.where);
  const having = select.having === undefined ? null : comparedWith(select.having);
  const place = where ?? having ?? alert;
  if (place === null) return null;
  const probe = probeOf(select, place, where !== null ? 'where' : having !== null ? 'having' : 'output');
  const bound = bindApp([{ name: query.name, sql: printQuery(probe, 'studio') }], inputSchemas(template)).queries[0];
  if (bound === undefined || bound.main?.bound == null) return null;
  const { sql } = renameQuery(bound, renames);
  const rows = sources.filter(({ source }) => (source.samples?.length ?? 0) > 0);
  if (rows.length === 0) return { values: [], what: place.text, direction: place.direction };
  const engine = createEngine({
    sources: Object.fromEntries(rows.map(({ source }) => [source.name, { rows: source.samples as Row[], schema: source.schema }])),
    decimals: 'number',
    limits: { maxTimeMs: 5000 },
  });
  try {
    const result = await engine.run(sql, context.signal === undefined ? {} : { signal: context.signal }).table();
    const values = result.map((row) => Number(row['probe'])).filter(Number.isFinite);
    return { values, what: place.text, direction: place.direction };
  } catch {
    // Samples that the query cannot read say nothing about the threshold; the default stays, with a reason.
    return null;
  } finally {
    await engine.close();
  }
}

type Direction = 'above' | 'below';
interface Place {
  readonly expression: Expression;
  readonly direction: Direction;
  readonly text: string;
}

function selectOf(statement: Statement): Select | undefined {
  const query: Query | undefined = statement.kind === 'query' || statement.kind === 'create' ? statement.query : undefined;
  return query?.kind === 'select' ? query : undefined;
}

const isMark = (e: Expression): boolean => e.kind === 'integer' && e.value === BigInt(MARK);

/** The other side of the comparison that the mark stands in. */
function comparedWith(e: Expression): Place | null {
  if (e.kind === 'unary') return comparedWith(e.operand);
  if (e.kind !== 'binary') return null;
  if (e.operator === 'AND' || e.operator === 'OR') return comparedWith(e.left) ?? comparedWith(e.right);
  const above = e.operator === '>' || e.operator === '>=';
  if (isMark(e.right)) return { expression: e.left, direction: above ? 'above' : 'below', text: textOf(e.left) };
  if (isMark(e.left)) return { expression: e.right, direction: above ? 'below' : 'above', text: textOf(e.right) };
  return null;
}

const textOf = (e: Expression): string =>
  e.kind === 'column' ? e.path.map((name) => name.text).join('.') : e.kind === 'call' ? `${e.name.text}(…)` : 'the compared value';

/** The query with what is compared as a column named `probe`, and without the comparison. */
function probeOf(select: Select, place: Place, from: 'where' | 'having' | 'output'): Select {
  const { span } = select;
  const name = (text: string) => ({ text, quoted: false, span });
  const item = (expression: Expression): SelectItem => ({ kind: 'expression', expression, alias: name('probe'), key: false, span });
  const bare = { ...select, into: [], properties: [], orderBy: [] };
  const { limit: _limit, emit: _emit, having: _having, ...open } = bare;
  if (from === 'where') {
    const { where: _where, window: _window, ...rows } = open;
    return { ...rows, items: [item(place.expression)], groupBy: [], distinct: false };
  }
  const own = from === 'having' ? place.expression : resolveAlias(select, place.expression);
  return { ...open, items: [...select.items, item(own)] };
}

/** An output column that an alert compares is what its select item calculates. */
function resolveAlias(select: Select, e: Expression): Expression {
  if (e.kind !== 'column' || e.path.length !== 1) return e;
  const found = select.items.find((item) => item.kind === 'expression' && item.alias?.text === e.path[0]?.text);
  return found?.kind === 'expression' ? found.expression : e;
}

function proposal(
  parameter: string,
  fallback: string | number,
  found: Awaited<ReturnType<typeof observed>>,
  sources: readonly SourceOf[],
): Calibration {
  const keep = (reason: string, samples: number): Calibration => ({ parameter, default: fallback, proposed: fallback, reason, samples });
  const given = Math.max(0, ...sources.map(({ source }) => source.samples?.length ?? 0));
  if (found === null) return keep(`the default of ${fallback} stays: what it is compared with could not be measured`, given);
  const { values, what, direction } = found;
  if (given < SAMPLES_MIN) return keep(`the default of ${fallback} stays: ${given} samples are too few, ${SAMPLES_MIN} are needed`, given);
  if (values.length === 0) return keep(`the default of ${fallback} stays: no sample reaches the comparison`, given);
  const sorted = [...values].sort((a, b) => a - b);
  const limit = rounded(quantile(sorted, direction === 'above' ? 0.99 : 0.01));
  const average = rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
  const share = direction === 'above' ? 'at most' : 'at least';
  const fires = values.filter((value) => (direction === 'above' ? value > Number(fallback) : value < Number(fallback))).length;
  return {
    parameter,
    default: fallback,
    proposed: limit,
    reason: `99 % of ${values.length} values of ${what} are ${share} ${limit} (average ${average}); the default of ${fallback} would have been passed ${fires} times`,
    samples: given,
  };
}

/** Nearest rank. */
const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] as number;

/** Two digits that count: a threshold of 4837.2 pretends to know more than samples tell. */
export function rounded(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const digits = 10 ** (Math.floor(Math.log10(Math.abs(x))) - 1);
  return Number((Math.round(x / digits) * digits).toPrecision(12));
}
