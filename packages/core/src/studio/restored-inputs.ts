import type { DeploySubject, SourceOrigin } from '../deploy/index.ts';
import { secretMissing } from '../diagnostics/codes/deploy.ts';
import type { SourceInput } from '../engine/api.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import { type ThreadSession, withSchema } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import { hostSecrets, queriesWithSecrets } from '../sessions/session-secrets.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';

interface Surroundings {
  readonly runtime: SessionRuntime;
  /** Open sessions, the latest first. */
  readonly sessions: readonly ThreadSession[];
}

/**
 * What a stored deployment reads: relations of the host by name, connections by the address that was kept. A secret is taken from the host, or
 * from a session that has connected to the same address since.
 */
export async function restoredInputs(subject: DeploySubject, around: Surroundings): Promise<Readonly<Record<string, unknown>>> {
  const inputs: Record<string, unknown> = {};
  const reads = new Set(subject.app.queries.flatMap((query) => outlineScript(query.sql).statements.flatMap((s) => s.reads)));
  for (const name of reads) {
    const host = around.runtime.hostSources.get(name);
    if (host === undefined) continue;
    const { input, schema } = host;
    inputs[name] = withSchema(typeof input === 'function' ? (input as () => SourceInput)() : input, schema);
  }
  for (const [name, origin] of Object.entries(subject.origins ?? {}))
    if (!(name in inputs)) inputs[name] = await inputOf({ name, origin, owner: subject.owner }, around);
  return inputs;
}

interface StoredInput {
  readonly name: string;
  readonly origin: SourceOrigin;
  readonly owner: Owner | undefined;
}

async function inputOf({ name, origin, owner }: StoredInput, { runtime, sessions }: Surroundings): Promise<SourceInput> {
  const { uri, format, options, schema, hasSecret } = origin;
  const kept = {
    uri,
    ...(format === undefined ? {} : { format }),
    ...(options === undefined ? {} : { options }),
    ...(schema === undefined ? {} : { schema }),
  };
  if (hasSecret !== true) return kept as SourceInput;
  const given = await runtime.secrets?.(origin, owner);
  if (given !== undefined)
    return { ...kept, ...(given.uri === undefined ? {} : { uri: given.uri }), options: { ...options, ...given.options } } as SourceInput;
  for (const { registry } of sessions) {
    const binding = registry.find(name) ?? registry.find(uri);
    if (binding?.input && binding.info.uri === uri) return binding.input() as SourceInput;
  }
  throw secretMissing(uri);
}

/** A stored application as it was deployed: its SQL and sinks with the secrets that the store did not keep. */
export async function restoredApp({ app, owner }: DeploySubject, { runtime, sessions }: Surroundings): Promise<DeploySubject['app']> {
  const texts = app.queries.flatMap(({ sql, sink }) => (sink === undefined ? [sql] : [sql, `'${sink}'`]));
  const ofHost = await hostSecrets(texts, runtime.secrets && ((origin) => runtime.secrets?.(origin, owner)));
  const queries = queriesWithSecrets(app.queries, (place) => [
    ...ofHost(place),
    ...sessions.flatMap((session) => session.secretsFor(place)),
  ]);
  return { ...app, queries };
}
