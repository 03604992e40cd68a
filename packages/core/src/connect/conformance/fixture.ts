import type { Field } from '../../values/column.ts';
import type { Scalar } from '../../values/types.ts';
import type { ConnectorHost } from '../connector.ts';

/** Rows in scalar form, one value per field. */
export type FixtureRows = readonly (readonly Scalar[])[];

/** A system that holds known rows for one check. */
export interface SourceFixture {
  /** Options as a user writes them in SQL. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  /** The rows that come out, in order; at least ten, so that there are several batches. */
  readonly rows: FixtureRows;
  /** Records among them that cannot be read. */
  readonly badRecords?: number;
  /** Called after the check. */
  dispose?(): Promise<void>;
}

/** A system that takes rows for one check. */
export interface SinkFixture {
  readonly options: Readonly<Record<string, unknown>>;
  /** What a reader sees now, as rows of `fields`. */
  visible(fields: readonly Field[]): Promise<FixtureRows>;
  dispose?(): Promise<void>;
}

/** What the suite needs of a connector's surroundings. Every check asks for a fresh fixture. */
export interface ConformanceFixture {
  source?(): Promise<SourceFixture>;
  /** A source some of whose records cannot be read. */
  damaged?(): Promise<SourceFixture>;
  sink?(): Promise<SinkFixture>;
  /** Columns that `sink` can hold; several types by default. */
  readonly sinkFields?: readonly Field[];
  readonly host?: ConnectorHost;
}

/** One check: `run` rejects with what is wrong. Any test runner will do. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}
