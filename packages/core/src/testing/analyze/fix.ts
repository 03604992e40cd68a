import type { Row } from '../../protocol/query.ts';
import type { Assertion, DataSchema, VerifiedFix } from '../../protocol/studio/testing.ts';

/** A change that may make a test pass; not tried yet. */
export interface Fix {
  readonly title: string;
  readonly kind: VerifiedFix['kind'];
  /** The rule that proposes it. */
  readonly rule: string;
  /** What the rule has seen. */
  readonly because: string;
  /** Higher is tried first. */
  readonly rank: number;
  readonly sql?: string;
  /** It reads something else than what failed: the rows of the failed run are not its rows. */
  readonly isOther?: boolean;
  readonly inputs?: Readonly<Record<string, readonly Row[]>>;
  readonly assertions?: readonly Assertion[];
  readonly schemas?: Readonly<Record<string, DataSchema>>;
  /** Make the data anew, with rows that reach every branch. */
  readonly derive?: boolean;
}

/** A change of the query alone. */
export const sqlFix = (title: string, rule: string, because: string, rank: number, sql: string): Fix => ({
  title,
  kind: 'sql',
  rule,
  because,
  rank,
  sql,
});
