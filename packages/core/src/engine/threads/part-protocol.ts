import type { Limits } from '../../protocol/limits.ts';
import type { CatalogRelation } from '../../sql/catalog/catalog.ts';
import type { Scalar } from '../../values/types.ts';
import type { Compat } from '../api.ts';

/** What a thread needs to make the plan again: a plan holds functions, which cannot be sent; text and schemas can. */
export interface PartJob {
  readonly sql: string;
  readonly wanted: 'last' | 'all';
  readonly relations: readonly CatalogRelation[];
  /** Of the plan here: another one gives no parts of ours. */
  readonly fingerprint: string;
  readonly module: string;
  readonly compat: Compat;
  readonly divisionByZero: 'null' | 'error';
  readonly missingFields: 'null' | 'error';
  readonly codegen: boolean;
  readonly batchRows: number;
  readonly limits: Limits;
}

export type ToThread =
  | { readonly kind: 'job'; readonly job: PartJob }
  | { readonly kind: 'part'; readonly id: number; readonly part: unknown };

export type FromThread =
  | { readonly kind: 'part'; readonly id: number; readonly result: PartResult }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What came of one part, as data that can be cloned. */
export interface PartResult {
  /** State of the operators over this part. */
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** How the part ended, in the words of its source. */
  readonly end: unknown;
  readonly badRecords: number;
  readonly errors: number;
  /** The latest of them. */
  readonly lastErrors: readonly PartError[];
  readonly warnings: Readonly<Record<string, number>>;
}

export interface PartError {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly operator: string;
  /** Of a bad record: where in the part it stands. */
  readonly position: string | null;
  readonly sample: Readonly<Record<string, Scalar>>;
}
