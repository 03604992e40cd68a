import type { EngineOptions } from '../engine/api.ts';
import type { Row } from '../protocol/query.ts';
import type { CellDiff, DataSchema } from '../protocol/studio/testing.ts';
import { diffRows, diffText, isSame } from './assert/row-diff.ts';
import { deriveInputs } from './derive/derive-inputs.ts';
import { execute } from './run/execute.ts';
import { makeInputs, planInputs } from './run/make-inputs.ts';

export interface CompareOptions {
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  readonly schemas?: Readonly<Record<string, DataSchema>>;
  readonly records?: number;
  readonly seed?: number;
  /** Compare the last row per key instead of every row. */
  readonly final?: boolean;
  /** Difference of numbers that does not count. */
  readonly tolerance?: number;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
}

export interface Comparison {
  readonly same: boolean;
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  readonly before: readonly Row[];
  readonly after: readonly Row[];
  readonly cells: readonly CellDiff[];
  /** Rows of the old version that the new one lacks, and the other way round. */
  readonly missing: readonly Row[];
  readonly extra: readonly Row[];
  /** For people; empty where nothing differs. */
  readonly text: string;
}

/** Runs two versions of a query on the same rows, made to reach every branch of the old one, and tells what differs in common columns. */
export async function compareQueries(before: string, after: string, o: CompareOptions = {}): Promise<Comparison> {
  const seed = o.seed ?? 1;
  const plan = planInputs(`${before.replace(/;?\s*$/, '')};\n${after}`, o.schemas ?? {}, () => {});
  const made = makeInputs(plan, { records: o.records ?? {}, seed, warn: () => {}, ...(o.inputs ? { inputs: o.inputs } : {}) });
  const inputs = o.inputs
    ? made
    : await deriveInputs(
        before,
        planInputs(before, plan.schemas, () => {}),
        made,
        { seed, ...(o.schemas ? { schemas: o.schemas } : {}) },
      );
  const run = async (sql: string) => {
    const result = await execute({
      sql,
      wanted: 'last',
      sources: inputs.sources,
      seed,
      now: inputs.now,
      ...(o.engine ? { engine: o.engine } : {}),
    });
    const query = result.queries.at(-1);
    return { rows: (o.final ? query?.final : query?.rows) ?? [], columns: query?.schema.columns.map((c) => c.name) ?? [] };
  };
  const [a, b] = [await run(before), await run(after)];
  const common = a.columns.filter((c) => b.columns.includes(c));
  const diff = diffRows(a.rows, b.rows, { ordered: false, columns: common, tolerance: o.tolerance ?? 1e-9 });
  const columnsRemoved = a.columns.filter((c) => !b.columns.includes(c));
  const columnsAdded = b.columns.filter((c) => !a.columns.includes(c));
  return {
    same: isSame(diff) && columnsRemoved.length === 0,
    columnsAdded,
    columnsRemoved,
    before: a.rows,
    after: b.rows,
    cells: diff.cells,
    missing: diff.missing.map((i) => a.rows[i] as Row),
    extra: diff.extra.map((i) => b.rows[i] as Row),
    text: [...columnsRemoved.map((c) => `column ${c} is gone`), diffText(diff, a.rows, b.rows)].filter((t) => t !== '').join('\n'),
  };
}
