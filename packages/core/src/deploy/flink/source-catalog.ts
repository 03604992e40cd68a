import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Catalog } from '../../sql/catalog/catalog.ts';
import { catalogRelation } from '../../sql/catalog/create-catalog.ts';

interface Timed {
  readonly schema?: TableSchema;
  readonly eventTime?: string;
  readonly watermarkDelayMs?: number;
  readonly key?: readonly string[];
}

/** The relations of an application, with the event times and keys that its sources were connected with. */
export function sourceCatalog(base: Catalog, sources: Readonly<Record<string, unknown>>): Catalog {
  return {
    names: () => base.names(),
    find(name) {
      const found = base.find(name);
      const input = Object.hasOwn(sources, name) ? (sources[name] as Timed | null) : null;
      if (typeof input !== 'object' || input === null) return found;
      const known = input.schema === undefined ? found : catalogRelation(name, input.schema);
      if (known === undefined) return undefined;
      return {
        ...known,
        eventTime: input.eventTime ?? known.eventTime,
        watermarkDelayMs: input.watermarkDelayMs ?? known.watermarkDelayMs,
        key: input.key ?? known.key,
      };
    },
  };
}
