import type { FromItem } from '../ast/index.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { assumedRelation } from '../catalog/create-catalog.ts';
import type { Binder } from './binder.ts';
import { nearestName } from './nearest-name.ts';
import { propertiesFor, propertyOf } from './properties.ts';

type NamedItem = FromItem & { kind: 'relation' | 'source-function' };

/** URI of `file('p')`, `kafka_topic('x')`, `s3('…')` (§3.3). */
function functionUri(item: FromItem & { kind: 'source-function' }): string {
  if (item.argument.includes('://')) return item.argument;
  const name = item.name.text.toLowerCase();
  if (name === 'kafka_topic') return `kafka://localhost:9092/${item.argument}`;
  return `${name}://${item.argument}`;
}

/** The URI that a FROM item names; null for a registered name. */
export function uriOf(item: NamedItem): string | null {
  if (item.kind === 'source-function') return functionUri(item);
  return item.relation.kind === 'uri' ? item.relation.uri : null;
}

/** The name under which the catalog knows a FROM item: the relation's name, or its URI. */
export function relationNameOf(item: NamedItem): string {
  if (item.kind === 'source-function') return functionUri(item);
  return item.relation.kind === 'uri' ? item.relation.uri : item.relation.name.text;
}

/**
 * The relation that a FROM item reads, with the event time that WITH sets. What WITH configures, a URI, and everything
 * when no catalog is given, need not be in the catalog: such a relation may have any columns.
 */
export function resolveRelation(cx: Binder, item: NamedItem, tablesOnly: boolean): CatalogRelation {
  const name = relationNameOf(item);
  const found = cx.options.catalog?.find(name);
  const own = propertiesFor(name, cx.properties);
  if (found === undefined) return { ...assumed(cx, item, name, tablesOnly), ...timeOf(own, null) };
  if (tablesOnly && found.kind === 'stream' && found.origin !== 'assumed') {
    cx.report('VS2090', item.kind === 'relation' ? item.relation.span : item.span, { name });
  }
  return { ...found, ...timeOf(own, found) };
}

function assumed(cx: Binder, item: NamedItem, name: string, tablesOnly: boolean): CatalogRelation {
  const { catalog } = cx.options;
  const own = propertiesFor(name, cx.properties);
  if (catalog !== null && uriOf(item) === null && !isConfigured(cx, name)) {
    const known = catalog.names();
    cx.report('VS2001', item.kind === 'relation' ? item.relation.span : item.span, { name, known, nearest: nearestName(name, known) });
  }
  return assumedRelation(name, tablesOnly || own.get('kind') === 'table' ? 'table' : 'stream');
}

/** Keys by which WITH sets up a source that no catalog knows. */
const SETUP = ['type', 'config_file', 'source_config', 'path', 'topic', 'topic.name', 'source.path'];
const isConfigured = (cx: Binder, name: string): boolean => propertyOf(propertiesFor(name, cx.properties), ...SETUP) !== undefined;

function timeOf(own: ReadonlyMap<string, string | number | boolean>, found: CatalogRelation | null): Partial<CatalogRelation> {
  const field = own.get('event.time.field');
  const kind = own.get('kind');
  return {
    ...(field === undefined ? {} : { eventTime: String(field) }),
    ...(kind === 'table' && found !== null ? { kind: 'table' as const } : {}),
  };
}
