import type { AppInput } from '../protocol/studio/app.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { SourceOrigin } from '../sessions/source-origin.ts';

/** What is deployed: an application, and what it reads. */
export interface DeploySubject {
  readonly app: AppInput;
  readonly schemas?: Readonly<Record<string, TableSchema>>;
  /** Inputs by the name that the SQL reads, as an engine takes them (`SourceInput`). */
  readonly sources?: Readonly<Record<string, unknown>>;
  readonly owner?: Owner;
  readonly appId?: string;
  readonly notebookId?: string;
  /** Where inputs came from, of a deployment that was stored: without their secrets. */
  readonly origins?: Readonly<Record<string, SourceOrigin>>;
}

/** What is known of a source's traffic; makes the estimates of a plan. */
export interface SourceTraffic {
  readonly rowsPerSecond?: number;
  /** Distinct values per column. */
  readonly distinct?: Readonly<Record<string, number>>;
}
