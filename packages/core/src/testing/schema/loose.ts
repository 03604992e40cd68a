/** Reading of YAML that several dialects have shaped: keys are compared without case, dashes and underscores. */
export type Loose = Readonly<Record<string, unknown>>;

export const isMap = (x: unknown): x is Loose => typeof x === 'object' && x !== null && !Array.isArray(x);

/** `recordCount`, `record-count` and `Record_Count` are one key. */
const foldKey = (key: string): string => key.replace(/[_\-\s.]/g, '').toLowerCase();

/** A map whose keys are looked up in any spelling; says which ones nobody asked for. */
export class LooseMap {
  private readonly values = new Map<string, { readonly key: string; readonly value: unknown }>();
  private readonly asked = new Set<string>();

  constructor(source: Loose) {
    for (const [key, value] of Object.entries(source)) this.values.set(foldKey(key), { key, value });
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.values.has(foldKey(name)));
  }

  /** The value of the first of these keys that is there. */
  get(...names: readonly string[]): unknown {
    for (const name of names) this.asked.add(foldKey(name));
    for (const name of names) {
      const found = this.values.get(foldKey(name));
      if (found !== undefined) return found.value;
    }
    return undefined;
  }

  text(...names: readonly string[]): string | undefined {
    const value = this.get(...names);
    return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
  }

  number(...names: readonly string[]): number | undefined {
    return toNumber(this.get(...names));
  }

  flag(...names: readonly string[]): boolean | undefined {
    return toFlag(this.get(...names));
  }

  list(...names: readonly string[]): readonly unknown[] | undefined {
    const value = this.get(...names);
    if (value === undefined || value === null) return undefined;
    return Array.isArray(value) ? value : [value];
  }

  map(...names: readonly string[]): Loose | undefined {
    const value = this.get(...names);
    return isMap(value) ? value : undefined;
  }

  /** What nobody asked for, with the keys as written. */
  rest(): Record<string, unknown> {
    const left: Record<string, unknown> = {};
    for (const [folded, { key, value }] of this.values) if (!this.asked.has(folded)) left[key] = value;
    return left;
  }
}

export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return undefined;
}

export function toFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'yes') return true;
  if (value === 'false' || value === 'no') return false;
  return undefined;
}

/** Lower case, without separators: how formats and enum words are compared. */
export const foldWord = (word: unknown): string => foldKey(String(word ?? ''));
