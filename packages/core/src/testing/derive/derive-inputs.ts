import type { EngineOptions } from '../../engine/api.ts';
import type { Row } from '../../protocol/query.ts';
import { createRandom } from '../../values/generate/random.ts';
import { attachSchema, schemaOfRows } from '../generate/table-schema.ts';
import { collectEvidence, type ScriptEvidence } from '../infer/evidence.ts';
import { execute } from '../run/execute.ts';
import type { InputPlan, MadeInputs } from '../run/make-inputs.ts';
import { candidatesFor } from './candidates.ts';
import { type DerivedSource, makeRound, timeOfRow } from './make-round.ts';

export interface DeriveOptions {
  readonly seed?: number;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly inputs?: unknown;
  /** Schemas that a person wrote: nothing may leave them. */
  readonly schemas?: unknown;
  /** Which of them are not a person's: derived rows may leave what was only seen in samples. */
  readonly loose?: readonly string[];
  readonly signal?: AbortSignal;
  readonly warn?: (text: string) => void;
}

/** Rounds that are tried; each that reaches something new is kept. */
const ROUNDS_MAX = 10;
/** Rounds without anything new after which it is given up. */
const IDLE_MAX = 3;

/**
 * Puts rows in front of the random ones that reach the branches of the plan: rounds are made around the literals, windows, keys and
 * group sizes of the SQL, run with taps in the plan, and kept when they reach what no earlier one did. The number of rows per source
 * stays; a source with fewer rows than the rounds need gets more.
 */
export async function deriveInputs(sql: string, plan: InputPlan, made: MadeInputs, options: DeriveOptions): Promise<MadeInputs> {
  const evidence = collectEvidence(plan.parsed.statements);
  const sources = derivable(plan, made, options, evidence);
  if (!sources.some((s) => !s.isLookup)) return made;
  const kept = new Map<string, Row[]>(sources.map((s) => [s.name, []]));
  const random = createRandom(options.seed ?? 1, 'derive');
  // Rounds end before the random rows begin, so that these close the last windows of the rounds.
  const slots = (Math.max(60_000, evidence.spanMs * 4) + 10) * 8;
  let startAt = earliest(sources, made) - slots * ROUNDS_MAX;
  let missing: ReadonlySet<string> | null = null;
  for (let round = 0, idle = 0; round < ROUNDS_MAX && idle < IDLE_MAX; round++) {
    const { rows, endAt } = makeRound({ sources, evidence, startAt, random, round });
    const now = await reach(sql, made, sources, rows, options);
    const before: ReadonlySet<string> = missing ?? now;
    const left: ReadonlySet<string> = new Set([...before].filter((id) => now.has(id)));
    const isNew = missing === null || left.size < before.size;
    missing = left;
    idle = isNew ? 0 : idle + 1;
    if (!isNew) continue;
    for (const [name, list] of rows) kept.get(name)?.push(...list);
    startAt = endAt;
    if (missing.size === 0) break;
  }
  for (const { name } of sources) {
    const [needed, wanted] = [kept.get(name)?.length ?? 0, made.rows[name]?.length ?? 0];
    if (needed > wanted) options.warn?.(`"${name}" has ${needed} rows instead of ${wanted}: the branches of the plan need as many`);
  }
  return merged(made, sources, kept);
}

function derivable(plan: InputPlan, made: MadeInputs, options: DeriveOptions, evidence: ScriptEvidence): DerivedSource[] {
  const given = typeof options.inputs === 'object' && options.inputs !== null ? Object.keys(options.inputs) : [];
  const written = typeof options.schemas === 'object' && options.schemas !== null ? Object.keys(options.schemas) : [];
  const strict = written.filter((name) => options.loose?.includes(name) !== true);
  return plan.external.flatMap((name): DerivedSource[] => {
    const schema = plan.schemas[name];
    const rows = made.rows[name];
    const carried = rows ? schemaOfRows(rows) : undefined;
    if (!schema || !rows || !carried || given.includes(name)) return [];
    const isTable = (made.sources[name] as { readonly schema?: { readonly kind?: string } }).schema?.kind === 'table';
    const timeColumn = plan.eventTimes[name] ?? carried.eventTime;
    const source = evidence.sources.get(name);
    const columns = new Map(
      schema.fields
        .filter(
          (f) =>
            f.name !== timeColumn && f.constraints?.derived === undefined && (source?.columns.has(f.name) === true || f.type === 'boolean'),
        )
        .map(
          (f) =>
            [
              f.name,
              candidatesFor(f, source?.columns.get(f.name), {
                strict: strict.includes(name),
                loose: options.loose?.includes(name) === true,
                now: made.now,
              }),
            ] as const,
        ),
    );
    const keyColumns = [...columns.keys()].filter((c) => {
      const uses = source?.columns.get(c)?.uses;
      return uses?.has('group') === true || uses?.has('join') === true;
    });
    return [{ name, schema, columns, timeColumn, samples: rows.slice(0, 200), isLookup: isTable, keyColumns }];
  });
}

function earliest(sources: readonly DerivedSource[], made: MadeInputs): number {
  let least = made.now;
  for (const source of sources) for (const row of made.rows[source.name] ?? []) least = Math.min(least, timeOfRow(row, source) || least);
  return least;
}

/** Ids of the points that a run over these rows does not reach. */
async function reach(
  sql: string,
  made: MadeInputs,
  sources: readonly DerivedSource[],
  rows: ReadonlyMap<string, Row[]>,
  options: DeriveOptions,
): Promise<Set<string>> {
  const feeds = { ...made.sources };
  for (const source of sources) {
    const own = rows.get(source.name);
    if (own)
      feeds[source.name] = {
        ...(made.sources[source.name] as object),
        rows: withSchema(own, made.rows[source.name] as readonly Row[], source),
      };
  }
  const run = await execute({
    sql,
    wanted: 'last',
    sources: feeds,
    seed: options.seed ?? 1,
    now: made.now,
    coverage: true,
    // Small inputs are done before generated code would be.
    engine: { ...options.engine, codegen: false },
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return new Set(run.coverage?.missing.map((m) => m.point) ?? []);
}

/** Key columns and columns that were made NULL are nullable now. */
function withSchema(rows: Row[], like: readonly Row[], source: DerivedSource): Row[] {
  const schema = schemaOfRows(like);
  if (!schema) return rows;
  return attachSchema(rows, {
    ...schema,
    columns: schema.columns.map((c) => (source.columns.get(c.name)?.nullable ? { ...c, nullable: true } : c)),
  });
}

function merged(made: MadeInputs, sources: readonly DerivedSource[], kept: ReadonlyMap<string, Row[]>): MadeInputs {
  const rows: Record<string, readonly Row[]> = { ...made.rows };
  const feeds = { ...made.sources };
  for (const source of sources) {
    const own = kept.get(source.name) ?? [];
    const base = made.rows[source.name] ?? [];
    if (own.length === 0) continue;
    const all = withSchema([...own, ...base.slice(0, Math.max(0, base.length - own.length))], base, source);
    rows[source.name] = all;
    const before = made.sources[source.name] as { readonly schema?: ReturnType<typeof schemaOfRows> };
    const attached = schemaOfRows(all);
    const schema = attached && before.schema ? { ...before.schema, columns: attached.columns } : attached;
    feeds[source.name] = { ...(before as object), rows: all, ...(schema ? { schema } : {}) };
  }
  return { ...made, rows, sources: feeds };
}
