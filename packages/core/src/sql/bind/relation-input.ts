import type { Field } from '../../values/column.ts';
import { ANY } from '../../values/types.ts';
import type { FromItem } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { relationNameOf, uriOf } from './bind-relation.ts';
import { type Binder, demand } from './binder.ts';
import type { BoundFrom } from './bound.ts';
import { propertiesFor } from './properties.ts';
import type { ScopeRelation } from './scope.ts';

/** Whether an input moves: `unknown` when no catalog tells. */
export type InputKind = 'stream' | 'table' | 'unknown';

/** One input of a query, or several joined ones. */
export interface Input {
  readonly from: BoundFrom;
  readonly relations: readonly ScopeRelation[];
  readonly kind: InputKind;
}

type NamedItem = FromItem & { kind: 'relation' | 'source-function' };

/** A relation as the input of a query: its columns, and those beyond that the statement asks of it. */
export function relationInput(cx: Binder, item: NamedItem, relation: CatalogRelation): Input {
  const fields = relation.open ? [...relation.fields, ...wanted(cx, item, relation)] : relation.fields;
  const name = relationNameOf(item);
  const alias = item.alias?.text ?? (uriOf(item) === null ? name : (stemOf(name) ?? name));
  const from: BoundFrom = {
    kind: 'relation',
    relation,
    alias,
    fields,
    span: item.span,
    properties: propertiesFor(name, cx.properties),
    uri: uriOf(item),
  };
  const scope: ScopeRelation = { alias, name, explicitAlias: item.alias !== undefined, fields, offset: 0, open: relation.open, item };
  return { from, relations: [scope], kind: relation.origin === 'assumed' && relation.kind === 'stream' ? 'unknown' : relation.kind };
}

/** Columns that were asked for and are not declared; an earlier statement is told to hand them on. */
function wanted(cx: Binder, item: FromItem, relation: CatalogRelation): Field[] {
  const declared = new Set(relation.fields.map((f) => f.name));
  const names = [...(cx.demands.columns.get(item) ?? [])].filter((name) => !declared.has(name));
  if (relation.origin === 'statement') for (const name of names) demand(cx.demands, cx.demands.relations, relation.name, name);
  return names.map((name) => ({ name, type: ANY, nullable: true }));
}

/** `trades` of `kafka://host/trades` and `file:///data/trades.csv`. */
const stemOf = (uri: string): string | undefined => /([^/.?*]+)(?:\.[^/?]*)?(?:\?.*)?$/.exec(uri)?.[1];
