import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VeloError } from '../../src/diagnostics/velo-error.ts';
import { createEngine } from '../../src/engine/index.ts';
import type { Catalog } from '../../src/sql/catalog/catalog.ts';
import { createCatalog } from '../../src/sql/catalog/create-catalog.ts';
import { type FlinkScript, toFlink } from '../../src/sql/flink/index.ts';
import { canonicalRows } from '../oracle/compare-rows.ts';
import { lines } from './generated.ts';
import type { Answer, FlinkRunner, Question } from './run-on-flink.ts';
import type { BoundedCase, BoundedSource } from './slt-cases.ts';

/** What the two engines said to one question. */
export interface Outcome {
  readonly id: string;
  readonly sql: string;
  /** `equal`, or what is otherwise. */
  readonly result: 'equal' | 'unequal' | 'refused' | 'failed' | 'own-error';
  readonly verdict: FlinkScript['verdict'];
  readonly reasons: readonly string[];
  /** For people: the SQL of Flink, and the rows that only one of them gave. */
  readonly detail: string;
}

export interface Inquiry {
  readonly id: string;
  readonly sql: string;
  readonly catalog: Catalog;
  readonly connections: Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;
  readonly prefix: string;
  /** Name of the statement that is looked at; null: the only one. */
  readonly job: string | null;
  readonly own: () => Promise<readonly (readonly unknown[])[]>;
}

const QUESTIONS_PER_JOB = 12;

/** Puts the questions to both engines and compares the final rows. */
export async function compare(inquiries: readonly Inquiry[], runner: FlinkRunner, mode: 'streaming' | 'batch'): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const asked: { readonly inquiry: Inquiry; readonly question: Question }[] = [];
  for (const inquiry of inquiries) {
    const found = questionOf(inquiry, mode);
    if ('result' in found) outcomes.push(found);
    else asked.push({ inquiry, question: found });
  }
  for (let at = 0; at < asked.length; at += QUESTIONS_PER_JOB) {
    const some = asked.slice(at, at + QUESTIONS_PER_JOB);
    const answers = await runner.ask(some.map(({ question }) => question));
    for (const each of some) outcomes.push(await judged(each, answers.get(each.question.id)));
  }
  return outcomes;
}

function questionOf({ id, sql, catalog, connections, prefix, job }: Inquiry, mode: 'streaming' | 'batch'): Question | Outcome {
  const nothing = { id, sql, verdict: 'refused', reasons: [] } as const;
  try {
    const script = toFlink(sql, { catalog, connections, prefix, mode });
    // Where rows go is no part of the question.
    const asked = script.statements.filter((statement) => statement.kind !== 'insert');
    const index = /^stmt_(\d+)$/.exec(job ?? '')?.[1];
    const selects = script.statements.filter((statement) => statement.kind === 'select');
    const views = script.statements.filter((each) => each.kind === 'view');
    const isAsked = (each: { origin: { start: number } }): boolean => isStatement(sql, each.origin.start, Number(index));
    // A statement that fills a stream of the script is a view too, without a name of its own.
    const found = selects.find(isAsked);
    const view =
      job === null || found !== undefined
        ? undefined
        : views.find((each) => (index === undefined ? each.name === job : each.name === undefined && isAsked(each)));
    const select = view ?? (index === undefined ? selects[0] : found);
    if (select === undefined) return { ...nothing, result: 'own-error', detail: 'no statement of that name' };
    const name = /^CREATE TEMPORARY VIEW `((?:[^`]|``)*)`/.exec(select.sql)?.[1]?.replaceAll('``', '`');
    const others = selects.filter((each) => each !== select);
    // A view reads what stands before it.
    const needed = asked.filter((each, i) => !others.includes(each) && (view === undefined || i <= asked.indexOf(view)));
    const reasons = needed.flatMap((statement) => statement.reasons);
    if (needed.some((statement) => statement.verdict === 'refused'))
      return { ...nothing, result: 'refused', reasons, detail: reasons.join(' ') };
    const only = { ...script, statements: needed };
    return { id, script: only, columns: select.columns ?? [], view: view === undefined ? null : (name ?? null) };
  } catch (error) {
    if (!VeloError.is(error)) throw error;
    return { ...nothing, result: 'own-error', detail: error.message };
  }
}

/** Whether so many semicolons stand before the statement. */
const isStatement = (sql: string, start: number, index: number): boolean => sql.slice(0, start).split(';').length - 1 === index;

async function judged({ inquiry, question }: { inquiry: Inquiry; question: Question }, answer: Answer | undefined): Promise<Outcome> {
  const { script } = question;
  const reasons = [...new Set(script.statements.flatMap((statement) => statement.reasons))];
  const about = { id: inquiry.id, sql: inquiry.sql, verdict: script.verdict, reasons };
  const text = script.statements.at(-1)?.sql ?? '';
  if (answer === undefined || 'error' in answer) return { ...about, result: 'failed', detail: `${text}\n${answer?.error ?? 'no answer'}` };
  const ours = await inquiry.own().catch((error: unknown) => String(error));
  if (typeof ours === 'string') return { ...about, result: 'own-error', detail: ours };
  const [a, b] = [canonicalRows(ours.map(cells)), canonicalRows(answer.rows.map(cells))];
  if (JSON.stringify(a) === JSON.stringify(b)) return { ...about, result: 'equal', detail: '' };
  const only = (some: readonly string[], others: readonly string[]): string =>
    some
      .filter((row) => !others.includes(row))
      .slice(0, 6)
      .join('\n  ');
  return {
    ...about,
    result: 'unequal',
    detail: `${text}\nonly ours (${a.length}):\n  ${only(a, b)}\nonly Flink's (${b.length}):\n  ${only(b, a)}`,
  };
}

/** Values as both engines can say them: Flink gives text. */
const cells = (row: readonly unknown[]): unknown[] => row.map(plain);

function plain(value: unknown): unknown {
  if (value === 'TRUE' || value === 'FALSE') return value === 'TRUE';
  if (value === 'true' || value === 'false') return value === 'true';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value))
    return Date.parse(`${value.replace(' ', 'T')}Z`);
  if (Array.isArray(value)) return `[${value.map((item) => (item === null ? 'NULL' : String(plain(item)))).join(', ')}]`;
  return value;
}

/** A case of the corpus over files of its own. */
export function inquiryOf(slt: BoundedCase, folder: string): Inquiry {
  const name = slt.id.replace(/\/[^/]*$/, '').replace(/[^\w]/g, '_');
  const place = join(folder, 'slt', name);
  mkdirSync(place, { recursive: true });
  const connections: Record<string, Record<string, string>> = {};
  for (const source of slt.sources) {
    const path = join(place, `${source.name}.jsonl`);
    writeFileSync(path, lines(source.rows.map(written)));
    connections[source.name] = { type: 'file_source', path, format: 'jsonl' };
  }
  const schemas = Object.fromEntries(slt.sources.map((source) => [source.name, schemaOf(source)]));
  const base = createCatalog(schemas);
  const catalog: Catalog = {
    names: base.names,
    find: (table) => {
      const found = base.find(table);
      const delayMs = slt.sources.find((source) => source.name === table)?.delayMs ?? 0;
      return found === undefined ? undefined : { ...found, watermarkDelayMs: delayMs };
    },
  };
  return { id: slt.id, sql: slt.sql, catalog, connections, prefix: `${name} `, job: slt.job, own: () => ownAnswer(slt) };
}

const schemaOf = ({ columns, isTable, eventTime, key }: BoundedSource) => ({
  columns: columns.map(({ name, type }) => ({ name, type })),
  ...(isTable ? { kind: 'table' as const } : {}),
  ...(eventTime === null ? {} : { eventTime }),
  key,
});

const written = (row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]));

async function ownAnswer({ sources, sql, job }: BoundedCase): Promise<unknown[][]> {
  const inputs = (isTable: boolean) =>
    Object.fromEntries(
      sources
        .filter((source) => source.isTable === isTable)
        .map((source) => [
          source.name,
          {
            rows: source.rows,
            schema: schemaOf(source),
            key: source.key,
            ...(source.delayMs === null ? {} : { watermarkDelayMs: source.delayMs }),
          },
        ]),
    );
  const engine = createEngine({ sources: inputs(false), tables: inputs(true) });
  try {
    const query = job === null ? engine.run(sql) : engine.script(sql).query(job);
    return (await query.table()).map((row) => Object.values(row));
  } finally {
    await engine.close();
  }
}
