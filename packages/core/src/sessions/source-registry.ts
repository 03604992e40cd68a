import type { Found, SourceInfo, SourceSchema } from '../protocol/studio/exploration.ts';
import type { TableSchema } from '../protocol/table-schema.ts';

/** How a name of a session is read. */
export interface SourceBinding {
  /** Name in SQL. */
  readonly name: string;
  readonly info: SourceInfo;
  /** What the engine gets for it, made anew for each run; null where only a schema is known. */
  readonly input: (() => unknown) | null;
  /** Known or inspected schema. */
  schema: TableSchema | undefined;
  inspected: Found<SourceSchema> | undefined;
}

/** What SQL names mean in one session: declared schemas, host sources, and what connections hold. Later names win; a taken short name stays. */
export class SourceRegistry {
  private readonly byName = new Map<string, SourceBinding>();
  private readonly byId = new Map<string, SourceBinding>();

  add(binding: SourceBinding, options: { readonly replace?: boolean } = {}): void {
    this.byId.set(binding.info.id, binding);
    for (const name of sqlNames(binding)) {
      if (name === binding.name || options.replace || !this.byName.has(name)) this.byName.set(name, binding);
    }
  }

  removeConnection(connectionId: string): void {
    for (const [id, b] of this.byId) if (b.info.connectionId === connectionId) this.byId.delete(id);
    for (const [name, b] of this.byName) if (b.info.connectionId === connectionId) this.byName.delete(name);
  }

  /** By SQL name, id or URI. */
  find(key: string): SourceBinding | undefined {
    const found = this.byName.get(key) ?? this.byId.get(key);
    if (found) return found;
    for (const b of this.byId.values()) if (b.info.uri === key || b.info.name === key) return b;
    return undefined;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  all(): readonly SourceBinding[] {
    return [...this.byId.values()];
  }

  names(): readonly string[] {
    return [...new Set([...this.byId.values()].map((b) => b.name))];
  }
}

/** `orders.csv` is also `orders`; `public.orders` is also `orders`. */
function sqlNames({ name, info }: SourceBinding): readonly string[] {
  const names = [name, info.name];
  const leaf = info.name.split('/').pop() ?? info.name;
  if (info.kind === 'file' || info.kind === 'object') names.push(leaf.replace(/(\.[A-Za-z0-9]+)+$/, ''));
  if (info.kind === 'table') names.push(leaf.split('.').pop() ?? leaf);
  return [...new Set(names.filter((n) => n !== ''))];
}
