import { CONNECTOR_CODES, connectorError } from '../../diagnostics/codes/connector.ts';
import type { OptionsSchema } from '../connector.ts';
import { nearestName } from './nearest-name.ts';

/** Who has the options: a connector or format definition. */
export interface OptionsOwner<O> {
  readonly name: string;
  readonly options: OptionsSchema<O> & { readonly aliases?: ReadonlyMap<string, string> };
}

export interface ResolveHooks {
  /** Gets one sentence per unknown option. */
  warn?(message: string): void;
  /** Names that mean something to somebody else, such as `format` to the engine: not unknown. */
  readonly known?: readonly string[];
}

/**
 * Options as the connector wants them, from what a person wrote in SQL (`WITH`), a URI or the API. Aliases are put right
 * (`has_headers` -> `header`; case and `-`, `_`, `.` do not count), unknown names are reported by `hooks.warn` with the nearest
 * name, and an unusable value throws VS4101.
 */
export function resolveOptions<O>(owner: OptionsOwner<O>, input: Readonly<Record<string, unknown>>, hooks: ResolveHooks = {}): O {
  const { options, name: connector } = owner;
  const spellings = new Map<string, string>();
  const plain = (name: string): string => name.toLowerCase().replace(/[._-]/g, '');
  for (const name of options.names) spellings.set(plain(name), name);
  for (const [alias, name] of options.aliases ?? []) if (!spellings.has(plain(alias))) spellings.set(plain(alias), name);

  const named = new Map<string, { readonly written: string; readonly value: unknown }>();
  for (const [written, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const name = spellings.get(plain(written));
    if (name === undefined) {
      if (!hooks.known?.some((k) => plain(k) === plain(written))) warnUnknown(connector, written, options.names, hooks);
      continue;
    }
    const earlier = named.get(name);
    if (earlier && String(earlier.value) !== String(value)) {
      throw connectorError('VS4103', { connector, option: written, other: earlier.written });
    }
    named.set(name, { written, value });
  }
  const result = options.safeParse(Object.fromEntries([...named].map(([name, { value }]) => [name, value])));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const option = issue?.path.map(String).join('.') ?? '';
  throw connectorError('VS4101', { connector, option: named.get(option)?.written ?? option, problem: issue?.message ?? 'not usable' });
}

function warnUnknown(connector: string, option: string, names: readonly string[], hooks: ResolveHooks): void {
  const params = { connector, option, nearest: nearestName(option, names) };
  hooks.warn?.(`${CONNECTOR_CODES.VS4102.message(params)}. ${CONNECTOR_CODES.VS4102.hint?.(params) ?? ''}`);
}
