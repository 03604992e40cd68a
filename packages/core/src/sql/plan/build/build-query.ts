import type { BoundQuery } from '../../bind/bound.ts';
import { buildFrom } from './build-from.ts';
import { buildSelect } from './build-select.ts';
import { APPEND, type BuiltQuery } from './built-row.ts';
import { type BuildContext, type Emit, newBuildContext, type PlanOptions } from './context.ts';
import { rareBuilders } from './rare-builders.ts';

/** The logical plan of a bound query, and what the context gathered on the way. */
export function buildQuery(query: BoundQuery, options: PlanOptions): { readonly built: BuiltQuery; readonly context: BuildContext } {
  const context = newBuildContext(options, buildAny, buildFrom);
  return { built: context.query(query, null), context };
}

function buildAny(query: BoundQuery, emit: Emit | null, context: BuildContext): BuiltQuery {
  switch (query.kind) {
    case 'select':
      return buildSelect(query, emit, context);
    case 'union':
      return rareBuilders().buildUnion(query, emit, context);
    case 'values':
      return {
        node: { kind: 'values', rows: query.rows, fields: query.fields, changes: 'append' },
        visible: query.fields.length,
        identity: APPEND,
        window: null,
        messageKey: [],
      };
  }
}
