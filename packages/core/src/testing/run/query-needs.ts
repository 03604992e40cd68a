import type { ParseResult } from '../../sql/syntax/index.ts';
import type { QuerySpec, Scenario } from '../spec/test-spec.ts';
import { sinksOf, statementFor, testableStatements, writtenFiles } from './query-sql.ts';

/**
 * The earlier queries that each query looks at: those that feed it or that it depends on, and those whose name, sink or file its assertions
 * mention. Nothing else of another query reaches it, so that queries which do not look at one another can run at the same time.
 */
export function queryNeeds(
  order: readonly QuerySpec[],
  parsed: ParseResult,
  scenario: Scenario | undefined,
): ReadonlyMap<QuerySpec, readonly QuerySpec[]> {
  const statements = testableStatements(parsed);
  const marks = new Map(
    order.map((query) => {
      const target = statementFor(query, statements);
      const names = [query.name, ...(query.outputs ?? []).map((o) => o.sink), ...(target ? [target.name, ...sinksOf(target)] : [])];
      const files = target ? writtenFiles(query, target, parsed).map(({ path }) => path.slice(path.lastIndexOf('/') + 1)) : [];
      return [query, [...new Set([...names, ...files])].map(wordPattern)] as const;
    }),
  );
  return new Map(
    order.map((query, i) => {
      const asked = JSON.stringify([
        query.dependencies,
        query.inputs.map((input) => input.fromPrevious),
        query.assertions,
        query.outputs?.map((o) => o.assertions),
        query.metricAssertions,
        scenario?.assertions,
      ]);
      return [query, order.slice(0, i).filter((earlier) => marks.get(earlier)?.some((mark) => mark.test(asked)))] as const;
    }),
  );
}

const wordPattern = (name: string): RegExp => new RegExp(`(?<!\\w)${name.replace(/[^\w]/g, '\\$&')}(?!\\w)`);
