import { cannotDo, unknownStudioSource } from '../diagnostics/codes/studio.ts';
import { maskedColumns, maskedSample, maskRows } from '../protocol/mask-rows.ts';
import type {
  ConsumerInfo,
  Explorer,
  Found,
  InspectRequest,
  ListRequest,
  Peek,
  PeekRequest,
  SourceInfo,
  SourceSchema,
  SourceStats,
} from '../protocol/studio/exploration.ts';
import type { ColumnSchema, TableSchema } from '../protocol/table-schema.ts';
import type { OpenConnection } from './connections.ts';
import type { SourceBinding, SourceRegistry } from './source-registry.ts';

/** Looking around in one session: ids become names of the explorer that knows them; tags of the session's schemas mask what comes back. */
export interface SessionExplorer {
  list(options?: ListRequest & { readonly connectionId?: string }): Promise<readonly SourceInfo[]>;
  inspect(id: string, options?: InspectRequest): Promise<SourceSchema>;
  peek(id: string, options?: PeekRequest): Promise<Peek>;
  stats(id: string, options?: { readonly signal?: AbortSignal }): Promise<SourceStats>;
  consumers(id?: string, options?: { readonly signal?: AbortSignal }): Promise<readonly ConsumerInfo[]>;
  tail(id: string, options?: PeekRequest): AsyncIterable<Peek>;
}

export interface SessionExplorerSetup {
  readonly registry: SourceRegistry;
  readonly connections: ReadonlyMap<string, OpenConnection>;
  /** For what the host offers. */
  readonly host: Explorer;
}

export const HOST_CONNECTION = 'host';

export function sessionExplorer({ registry, connections, host }: SessionExplorerSetup): SessionExplorer {
  const bindingOf = (id: string): SourceBinding => {
    const found = registry.find(id);
    if (!found) throw unknownStudioSource(id, registry.names());
    return found;
  };
  const explorerOf = (b: SourceBinding): Explorer => connections.get(b.info.connectionId)?.explorer ?? host;
  const inspect = async (id: string, options: InspectRequest = {}): Promise<SourceSchema> => {
    const b = bindingOf(id);
    const found = await explorerOf(b).inspect(b.info.name, options);
    b.inspected = found;
    b.schema = withTags(schemaOf(found), b.schema);
    return { ...found, id: b.info.id, fields: found.fields.map((f) => hideField(f, b.schema)) };
  };
  const shown = (b: SourceBinding, found: Found<Peek>): Peek => {
    const columns = taggedLike(found.columns, b.schema);
    const { rows, masked } = maskRows(found.rows, columns);
    const all = [...new Set([...found.masked, ...masked])];
    return { ...found, id: b.info.id, columns, rows, masked: all };
  };
  return {
    async list({ connectionId, filter, limit = 500, signal } = {}) {
      const wanted = filter?.toLowerCase().replaceAll('*', '');
      const request = { limit, ...(filter === undefined ? {} : { filter }), ...(signal === undefined ? {} : { signal }) };
      const fresh = await Promise.all(
        [...connections.values()]
          .filter((c) => connectionId === undefined || c.connection.id === connectionId || c.connection.alias === connectionId)
          .map(async ({ explorer, remember }) => (await explorer.list(request)).map(remember)),
      );
      const own = registry
        .all()
        .map((b) => b.info)
        .filter((i) => i.connectionId === HOST_CONNECTION && (!connectionId || connectionId === HOST_CONNECTION));
      const all = [...own.filter((i) => !wanted || i.name.toLowerCase().includes(wanted)), ...fresh.flat()];
      return all.slice(0, limit);
    },
    inspect,
    async peek(id, options = {}) {
      const b = bindingOf(id);
      refuseMaskedFilter(options.filter, b.schema);
      return shown(b, await explorerOf(b).peek(b.info.name, options));
    },
    async stats(id, options = {}) {
      const b = bindingOf(id);
      const explorer = explorerOf(b);
      if (explorer.stats) return { ...(await explorer.stats(b.info.name, options)), id: b.info.id };
      const { recordCount, sizeBytes } = b.info;
      return {
        id: b.info.id,
        exact: false,
        ...(recordCount === undefined ? {} : { recordCount }),
        ...(sizeBytes === undefined ? {} : { sizeBytes }),
        coverage: { scanned: 0, partitions: [], stoppedBy: 'end' },
      };
    },
    async consumers(id, options = {}) {
      if (id !== undefined) {
        const b = bindingOf(id);
        return (await explorerOf(b).consumers?.(b.info.name, options)) ?? [];
      }
      const all = await Promise.all([...connections.values()].map((c) => c.explorer.consumers?.(undefined, options) ?? []));
      return all.flat();
    },
    async *tail(id, options = {}) {
      const b = bindingOf(id);
      const explorer = explorerOf(b);
      if (!explorer.tail)
        throw cannotDo(`following "${b.info.name}"`, 'its connector cannot wait for new records', 'Run a query over it instead.');
      refuseMaskedFilter(options.filter, b.schema);
      for await (const found of explorer.tail(b.info.name, options)) yield shown(b, found);
    },
  };
}

/** What queries and editors get to know from an inspection. */
export const schemaOf = (found: Found<SourceSchema>): TableSchema => ({
  columns: found.fields.map(({ sample: _sample, nullRate: _nullRate, distinct: _distinct, min: _min, max: _max, ...column }) => column),
  ...(found.eventTime === undefined ? {} : { eventTime: found.eventTime }),
  ...(found.key === undefined ? {} : { key: found.key }),
});

/** Tags and descriptions that somebody declared outlive an inspection. */
function withTags(found: TableSchema, known: TableSchema | undefined): TableSchema {
  return known ? { ...known, ...found, columns: taggedLike(found.columns, known) } : found;
}

function taggedLike(columns: readonly ColumnSchema[], known: TableSchema | undefined): readonly ColumnSchema[] {
  const tags = new Map(known?.columns.map((c) => [c.name, c.tags]));
  return columns.map((c) => {
    const own = tags.get(c.name);
    return own && own.length > 0 ? { ...c, tags: [...new Set([...(c.tags ?? []), ...own])] } : c;
  });
}

function hideField(field: SourceSchema['fields'][number], known: TableSchema | undefined): SourceSchema['fields'][number] {
  const [column = field] = taggedLike([field], known);
  if (maskedColumns([column]).length === 0) return field;
  const { min: _min, max: _max, values: _values, ...rest } = field;
  return {
    ...rest,
    ...(column.tags ? { tags: column.tags } : {}),
    ...(field.sample === undefined ? {} : { sample: maskedSample(column, field.sample) }),
  };
}

/** A filter over a masked column would tell its values by what passes. */
function refuseMaskedFilter(filter: string | undefined, schema: TableSchema | undefined): void {
  if (filter === undefined || schema === undefined) return;
  const hit = maskedColumns(schema.columns).find((name) => new RegExp(`(^|[^\\w])${escaped(name)}($|[^\\w])`, 'i').test(filter));
  if (hit !== undefined) throw cannotDo(`filtering by "${hit}"`, 'the column is masked', 'Filter by another column.');
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
