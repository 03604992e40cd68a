import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile, type SltCase, type SourceStep } from '../slt/parse-file.ts';
import { inputOf, scriptOf } from '../slt/run-case.ts';

/** A case of the corpus as a question that two engines can answer: all rows that are fed, and the answers at the end of the input. */
export interface BoundedCase {
  readonly id: string;
  readonly sources: readonly BoundedSource[];
  readonly sql: string;
  /** Name of the statement by ours, and whether it is a name that others may read; null: the only query. */
  readonly job: string | null;
}

export interface BoundedSource {
  readonly name: string;
  readonly isTable: boolean;
  readonly columns: SourceStep['columns'];
  readonly eventTime: string | null;
  readonly delayMs: number | null;
  readonly key: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const ROOT = join(import.meta.dirname, '../slt');
/** Folders whose cases are about answers; the others are about messages, plans, and expressions one by one. */
const FOLDERS = /^(aggregates|emit|expressions|functions|joins|late|over|plans|queries|scripts|windows)\//;

/** The cases that say by themselves when rows end, and what is left out with the reason. */
export function sltCases(): { readonly cases: readonly BoundedCase[]; readonly left: ReadonlyMap<string, number> } {
  const left = new Map<string, number>();
  const cases: BoundedCase[] = [];
  for (const path of readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((each) => each.endsWith('.slt') && FOLDERS.test(each))
    .sort()) {
    for (const slt of parseFile(readFileSync(join(ROOT, path), 'utf8'))) {
      const found = bounded(slt, `${path}:${slt.line}`);
      if (typeof found === 'string') left.set(found, (left.get(found) ?? 0) + 1);
      else cases.push(...found);
    }
  }
  return { cases, left };
}

function bounded(slt: SltCase, id: string): readonly BoundedCase[] | string {
  const { steps } = slt;
  if (steps.some((step) => step.kind === 'watermark')) return 'a watermark is moved by hand';
  if (steps.some((step) => step.kind === 'option')) return 'the engine has options';
  if (steps.some((step) => step.kind === 'expect-failure' || step.kind === 'expect-errors')) return 'the case is about errors';
  const sources = steps.filter((step) => step.kind === 'source');
  if (sources.some((source) => source.columns.some((column) => column.type === ''))) return 'a source has no declared types';
  const full = sources.map((source) => withFeeds(source, slt));
  const own = steps.flatMap((step): BoundedCase[] => {
    if (step.kind === 'query') return [{ id: `${id}/query at ${step.line}`, sources: full, sql: step.sql, job: null }];
    if (step.kind !== 'value' || step.expected.lines[0]?.startsWith('error')) return [];
    return [
      {
        id: `${id}/value at ${step.line}`,
        sources: full,
        sql: `SELECT ${step.sql} AS x${step.source === null ? '' : ` FROM ${step.source}`}`,
        job: null,
      },
    ];
  });
  const { sql, names } = scriptOf(slt);
  const jobs = [...names].filter(
    ([name, statement]) => name !== statement || ![...names.keys()].some((other) => other !== name && names.get(other) === statement),
  );
  return [...own, ...jobs.map(([name, statement]): BoundedCase => ({ id: `${id}/${name}`, sources: full, sql, job: statement }))];
}

function withFeeds(source: SourceStep, slt: SltCase): BoundedSource {
  const fed = slt.steps.flatMap((step) => (step.kind === 'feed' && step.source === source.name ? step.rows : []));
  const { rows } = inputOf({ ...source, rows: [...(source.rows ?? []), ...fed] }) as { rows: Readonly<Record<string, unknown>>[] };
  const { name, columns, eventTime, delayMs, key } = source;
  return { name, isTable: source.object === 'table', columns, eventTime, delayMs, key, rows };
}
