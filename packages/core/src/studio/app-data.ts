import type { App } from '../protocol/studio/app.ts';
import type { DataField, DataSchema, TimeSimulation } from '../protocol/studio/testing.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';

/** What an application says of the rows that it is tested with. */
export interface AppData {
  readonly records?: number;
  readonly seed?: number;
  readonly times: Readonly<Record<string, TimeSimulation>>;
  /** Generators for what `sql` reads; fields that the application says nothing of are made as `known` has them. */
  over(sql: string, known: Readonly<Record<string, DataSchema>>): Readonly<Record<string, DataSchema>>;
}

export const NO_DATA: AppData = { times: {}, over: () => ({}) };

const isMap = (x: unknown): x is Readonly<Record<string, unknown>> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Reads the test that an application carries: a query for what is rare has rows only where the data has it. */
export async function appData(test: App['test']): Promise<AppData> {
  if (test === undefined || !isMap(test['data'])) return NO_DATA;
  const { readDataSchema } = await import('../testing/schema/read-schema.ts');
  const data = Object.entries(test['data']).flatMap(([name, own]) => (isMap(own) ? [[name, own] as const] : []));
  const schemas = new Map(
    data.map(([name, { fields, anomalies }]) => [
      name,
      readDataSchema({ name, fields, ...(anomalies === undefined ? {} : { anomalies }) }).schema,
    ]),
  );
  const { records, seed } = test;
  return {
    ...(typeof records === 'number' && { records }),
    ...(typeof seed === 'number' && { seed }),
    // Times are written as in a spec file, which is how the generator takes them.
    times: Object.fromEntries(data.flatMap(([name, { time_simulation }]) => (isMap(time_simulation) ? [[name, time_simulation]] : []))),
    over: (sql, known) => {
      const reads = new Set(outlineScript(sql).statements.flatMap((s) => s.reads));
      const read = [...schemas].filter(([name]) => reads.has(name));
      return Object.fromEntries(
        read.map(([name, schema]) => [name, { ...schema, fields: completed(schema.fields, known[name]?.fields ?? []) }]),
      );
    },
  };
}

function completed(own: readonly DataField[], known: readonly DataField[]): readonly DataField[] {
  const named = new Set(own.map((field) => field.name));
  return [...own, ...known.filter((field) => !named.has(field.name))];
}
