import { lateText } from '../../engine/explain-silence.ts';
import type { OperatorSnapshot, Row, SourceMetrics } from '../../protocol/query.ts';
import { fieldOf } from '../assert/check.ts';
import { show } from '../assert/operators.ts';
import type { FailureContext } from './context.ts';
import { joinedKeys } from './fix-keys.ts';

/** What was seen, most telling first. */
export interface Symptom {
  readonly rule: string;
  readonly text: string;
  /** 0 to 1. */
  readonly weight: number;
}

const count = (n: number): string => n.toLocaleString('en-US');

/** Facts about a failed run: where rows were lost, keys that never meet, columns that never change, rows too late, records refused. */
export function diagnose(ctx: FailureContext): Symptom[] {
  if (ctx.report.error) return [{ rule: 'error', text: `The query did not run: ${ctx.report.error.message}.`, weight: 0.95 }];
  const symptoms = [...keySymptoms(ctx), ...lossSymptoms(ctx), ...columnSymptoms(ctx), ...timeSymptoms(ctx), ...errorSymptoms(ctx)];
  return symptoms.sort((a, b) => b.weight - a.weight);
}

function keySymptoms(ctx: FailureContext): Symptom[] {
  return joinedKeys(ctx)
    .filter((k) => k.overlap < 0.5)
    .map((k) => ({
      rule: 'keys-never-meet',
      text: `${Math.round(k.overlap * 100)} % of the values of ${k.left.source}.${k.left.column} (${[...k.left.values].slice(0, 3).join(', ')}) occur in ${k.right.source}.${k.right.column} (${[...k.right.values].slice(0, 3).join(', ')}).`,
      weight: k.overlap === 0 ? 0.95 : 0.6,
    }));
}

/** Operators that passed on far less than they read. */
function lossSymptoms(ctx: FailureContext): Symptom[] {
  const metrics = ctx.run?.query.metrics;
  const operators = metrics?.operators ?? [];
  const isCount =
    ctx.failed.some(({ assertion }) =>
      /count|coverage|completeness|referential|rows_|row_|contains|exact|template|aggregate/.test(assertion.type),
    ) || ctx.rows.length === 0;
  if (!isCount) return [];
  return [...operators]
    .sort((a, b) => b.depth - a.depth)
    .filter((o) => o.rowsIn > 0 && o.rowsFiltered > 0)
    .map((o) => {
      const all = o.rowsOut === 0;
      const never = (ctx.report.coverage?.missing ?? [])
        .filter((m) => m.text.endsWith(' is true'))
        .map((m) => m.text.replace(/ is true$/, ''));
      const which = all && never.length > 0 ? ` No row met ${never.slice(0, 2).join(' or ')}.` : '';
      return {
        rule: all ? 'filter-removed-everything' : 'filter-removed-rows',
        text: `${removerOf(o)} removed ${all ? 'all' : `${count(o.rowsFiltered)} of`} ${count(o.rowsIn)} rows${sourceOf(o, metrics?.sources ?? [])}.${which}`,
        weight: all ? 0.9 : 0.4,
      };
    });
}

/** The clause that removes rows, by the word that the query has for it. A condition of WHERE may work where rows are read. */
const removerOf = ({ operator }: OperatorSnapshot): string =>
  /^(Source|Table|Filter)$/.test(operator) ? 'WHERE' : /having/i.test(operator) ? 'HAVING' : operator;

/** ` of "orders"`, where rows are read and it is known from what. */
function sourceOf({ operator, rowsIn }: OperatorSnapshot, sources: readonly SourceMetrics[]): string {
  const only = sources.length === 1 && operator === 'Filter';
  const read = /^(Source|Table)$/.test(operator) || only ? sources.filter((s) => s.rowsIn === rowsIn) : [];
  return read.length === 1 ? ` of "${read[0]?.name}"` : '';
}

/** Where rows went, operator by operator, from the sources to the result. */
export function operatorTrace(operators: readonly OperatorSnapshot[]): string[] {
  return [...operators]
    .sort((a, b) => b.depth - a.depth)
    .map(
      (o) =>
        `${o.operator}: ${count(o.rowsIn)} in, ${count(o.rowsOut)} out${o.rowsFiltered > 0 ? `, ${count(o.rowsFiltered)} filtered` : ''}${o.rowsLate > 0 ? `, ${count(o.rowsLate)} late` : ''}`,
    );
}

function columnSymptoms(ctx: FailureContext): Symptom[] {
  const rows = ctx.rows;
  if (rows.length < 2) return [];
  return ctx.report.output.columns.flatMap(({ name }) => {
    const values = rows.map((row) => fieldOf(row, name) ?? null);
    if (values.every((v) => v === null)) return [{ rule: 'always-null', text: `"${name}" is NULL in every row.`, weight: 0.85 }];
    const nulls = values.filter((v) => v === null).length;
    if (values.every((v) => show(v) === show(values[0])))
      return [{ rule: 'constant-column', text: `"${name}" is ${show(values[0])} in every row.`, weight: 0.55 }];
    const isNullTest = ctx.failed.some(({ assertion }) => /null/.test(assertion.type));
    return nulls > 0 && isNullTest
      ? [{ rule: 'null-leak', text: `"${name}" is NULL in ${count(nulls)} of ${count(rows.length)} rows.`, weight: 0.7 }]
      : [];
  });
}

const YEAR_2001_MS = 978_307_200_000;

function timeSymptoms(ctx: FailureContext): Symptom[] {
  const metrics = ctx.run?.query.metrics;
  const symptoms: Symptom[] = [];
  if (metrics && metrics.rowsLate > 0)
    symptoms.push({
      rule: 'late-rows',
      text: `${lateText(metrics.rowsLate)}.`,
      weight: metrics.rowsLate > metrics.rowsIn / 2 ? 0.85 : 0.45,
    });
  for (const [source, rows] of Object.entries(ctx.inputs)) {
    const column = (rows as { readonly schema?: { readonly eventTime?: string } }).schema?.eventTime;
    if (column !== undefined && looksLikeSeconds(rows, column))
      symptoms.push({
        rule: 'time-in-seconds',
        text: `${source}.${column} holds seconds, not milliseconds: all rows fall into 1970.`,
        weight: 0.8,
      });
  }
  for (const reason of ctx.run?.query.silence.reasons ?? [])
    if (reason.reason === 'window-open' || reason.reason === 'watermark-held')
      symptoms.push({ rule: 'window-open', text: reason.text, weight: 0.75 });
  return symptoms;
}

const looksLikeSeconds = (rows: readonly Row[], column: string): boolean =>
  rows.length > 0 &&
  rows.every((row) => typeof row[column] === 'number' && (row[column] as number) > 1e9 && (row[column] as number) < YEAR_2001_MS / 10);

function errorSymptoms(ctx: FailureContext): Symptom[] {
  const errors = ctx.run?.executed.errors ?? [];
  const [first] = errors;
  return first
    ? [
        {
          rule: 'record-errors',
          text: `${count(ctx.run?.executed.errorCount ?? errors.length)} records failed: ${first.message}.`,
          weight: 0.8,
        },
      ]
    : [];
}
