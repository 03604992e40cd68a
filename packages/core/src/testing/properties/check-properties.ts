import type { EngineOptions } from '../../engine/api.ts';
import type { Row } from '../../protocol/query.ts';
import type { DataSchema } from '../../protocol/studio/testing.ts';
import { createRandom } from '../../values/generate/random.ts';
import { diffRows, diffText, isSame } from '../assert/row-diff.ts';
import { randomSeed } from '../generate/generate-data.ts';
import { schemaOfRows } from '../generate/table-schema.ts';
import { describeRows, sourceHints } from '../run/describe-rows.ts';
import { execute } from '../run/execute.ts';
import { makeInputs, planInputs } from '../run/make-inputs.ts';
import { liveFinal, startLiveRun } from '../stream-test/live-run.ts';
import { shrinkRows } from './shrink.ts';
import { TRANSFORMS } from './transforms.ts';

/**
 * What must not change the final result:
 * shuffle – another order of rows, as far as their times lie within the lateness;
 * partitions – the same rows over several partitions: only the order within a key is kept;
 * duplicate – every row sent twice (holds only for queries that do not count);
 * restore – a crash at any place and a start from the checkpoint;
 * batches – any size of batches.
 */
export type Property = 'shuffle' | 'partitions' | 'duplicate' | 'restore' | 'batches';

export interface PropertyOptions {
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  readonly schemas?: Readonly<Record<string, DataSchema>>;
  readonly records?: number;
  readonly seed?: number;
  /** `shuffle`, `partitions`, `restore` and `batches` by default. */
  readonly properties?: readonly Property[];
  /** How far rows may change places in time. */
  readonly latenessMs?: number;
  /** Column whose rows stay in order when partitioned; found in the SQL by default. */
  readonly key?: string;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  /** Runs for making a counterexample small; 200 by default. */
  readonly maxShrinks?: number;
}

export interface PropertyResult {
  readonly property: Property;
  readonly passed: boolean;
  /** Gives the same counterexample again. */
  readonly seed: number;
  readonly message: string;
  /** The smallest input found for which it does not hold. */
  readonly counterexample?: Readonly<Record<string, readonly Row[]>>;
}

const RECORDS = 200;
const SHRINKS = 200;

type Inputs = Readonly<Record<string, readonly Row[]>>;

/** Checks properties of a query on generated or given rows. A broken one comes with the smallest stream that shows it. */
export async function checkProperties(sql: string, o: PropertyOptions = {}): Promise<PropertyResult[]> {
  const seed = o.seed ?? randomSeed();
  const plan = planInputs(sql, o.schemas ?? {}, () => {});
  const made = makeInputs(plan, { records: o.records ?? RECORDS, seed, warn: () => {}, ...(o.inputs ? { inputs: o.inputs } : {}) });
  const results: PropertyResult[] = [];
  for (const property of o.properties ?? (['shuffle', 'partitions', 'restore', 'batches'] as const)) {
    const check = new PropertyCheck(sql, property, seed, made.now, o);
    results.push(await check.run(made.rows));
  }
  return results;
}

class PropertyCheck {
  private readonly sql: string;
  private readonly property: Property;
  private readonly seed: number;
  private readonly now: number;
  private readonly o: PropertyOptions;

  constructor(sql: string, property: Property, seed: number, now: number, options: PropertyOptions) {
    this.sql = sql;
    this.property = property;
    this.seed = seed;
    this.now = now;
    this.o = options;
  }

  async run(inputs: Inputs): Promise<PropertyResult> {
    const { property, seed } = this;
    const difference = await this.difference(inputs);
    if (difference === null) return { property, passed: true, seed, message: `${property}: the result stays the same (seed ${seed})` };
    const small = await shrinkRows(inputs, async (rows) => (await this.difference(rows)) !== null, this.o.maxShrinks ?? SHRINKS);
    const text = (await this.difference(small)) ?? difference;
    const count = Object.values(small).reduce((n, rows) => n + rows.length, 0);
    return {
      property,
      passed: false,
      seed,
      message: `${property}: the result changes (seed ${seed}, ${count} rows are enough)\n${text}`,
      counterexample: small,
    };
  }

  /** What differs between the plain and the changed run; null: nothing. */
  private async difference(inputs: Inputs): Promise<string | null> {
    const [plain, changed] =
      this.property === 'restore'
        ? [await this.live(inputs, false), await this.live(inputs, true)]
        : [await this.final(inputs, 4096), await this.changed(inputs)];
    const diff = diffRows(plain, changed, { ordered: false, tolerance: 1e-6 });
    return isSame(diff) ? null : diffText(diff, plain, changed, 5);
  }

  private changed(inputs: Inputs): Promise<readonly Row[]> {
    if (this.property === 'batches') return this.final(inputs, 1 + createRandom(this.seed, 'batches').integer(0, 6));
    const transform = TRANSFORMS[this.property as 'shuffle' | 'partitions' | 'duplicate'];
    const moved = Object.fromEntries(
      Object.entries(inputs).map(([name, rows]) => {
        const schema = this.schemaOf(name, rows);
        if (schema.kind === 'table') return [name, rows];
        const made = transform(rows, {
          random: createRandom(this.seed, `${this.property}\0${name}`),
          timeColumn: schema.eventTime,
          latenessMs: this.o.latenessMs ?? 0,
          key: this.o.key ?? keyOf(this.sql, rows),
        });
        Object.defineProperty(made, 'schema', { value: schema, enumerable: false });
        return [name, made];
      }),
    );
    return this.final(moved, 4096);
  }

  private schemaOf(name: string, rows: readonly Row[]) {
    return schemaOfRows(rows) ?? describeRows(rows, sourceHints(this.sql)(name));
  }

  private async final(inputs: Inputs, batchRows: number): Promise<readonly Row[]> {
    const sources = Object.fromEntries(Object.entries(inputs).map(([name, rows]) => [name, { rows, schema: this.schemaOf(name, rows) }]));
    const run = await execute({
      sql: this.sql,
      wanted: 'last',
      sources,
      seed: this.seed,
      now: this.now,
      batchRows,
      engine: { codegen: false, ...this.o.engine },
    });
    return run.queries.at(-1)?.final ?? [];
  }

  /** Pushes rows step by step, with or without a crash at a random place. */
  private async live(inputs: Inputs, crash: boolean): Promise<readonly Row[]> {
    const sources = Object.entries(inputs).map(([name, rows]) => {
      const schema = this.schemaOf(name, rows);
      const isTable = schema.kind === 'table';
      return {
        name,
        kind: isTable ? ('table' as const) : ('open' as const),
        schema,
        rows: isTable ? rows : [],
        watermarkDelayMs: undefined,
      };
    });
    const run = await startLiveRun({
      sql: this.sql,
      wanted: 'last',
      sources,
      engine: { codegen: false, ...this.o.engine },
      now: () => this.now,
    });
    try {
      const open = sources.filter((s) => s.kind === 'open');
      const steps = Math.max(0, ...open.map((s) => inputs[s.name]?.length ?? 0));
      const chunk = Math.max(1, Math.ceil(steps / 8));
      const random = createRandom(this.seed, 'restore');
      for (let i = 0; i < steps; i += chunk) {
        for (const s of open) run.push(s.name, (inputs[s.name] ?? []).slice(i, i + chunk));
        if (crash && random.next() < 0.5) await run.restart();
        else await run.settle();
      }
      run.end();
      await run.settle();
      return liveFinal(run.last);
    } finally {
      await run.stop();
    }
  }
}

/** The first GROUP BY or PARTITION BY column that the rows have. */
function keyOf(sql: string, rows: readonly Row[]): string | undefined {
  const names = [...sql.matchAll(/\b(?:GROUP|PARTITION)\s+BY\s+([\w.]+)/gi)].map((m) => (m[1] as string).split('.').at(-1) as string);
  return names.find((n) => rows[0] !== undefined && n in rows[0]);
}
