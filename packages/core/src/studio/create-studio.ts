import { systemClock, systemRng } from '../engine/default-ports.ts';
import { isSameOwner, type Viewer } from '../protocol/studio/owner.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { memoryStore } from '../sessions/memory-store.ts';
import { secretFreeStore } from '../sessions/secret-free-store.ts';
import type { HostSource, SessionRuntime } from '../sessions/session-runtime.ts';
import { studioApps } from './apps.ts';
import { QUOTAS } from './quotas.ts';
import { seenDeployments } from './seen-deployments.ts';
import { seenSessions } from './seen-sessions.ts';
import { StudioServices } from './session-services.ts';
import { StudioSessions } from './sessions.ts';
import { studioSources } from './sources.ts';
import { createSqlService } from './sql-service.ts';
import type { StudioOptions } from './studio-options.ts';
import { studioTemplates } from './template-service.ts';

/**
 * The whole product in this process: sessions, sources, SQL services, tests, apps, templates and deployments behind one interface.
 *
 * @example
 * const studio = createStudio({ connectors: [files({ roots: ['/data'] })] });
 * const session = await studio.sessions.create({ name: 'first look' });
 * await session.connect('file:///data/*.csv');
 */
export function createStudio(options: StudioOptions = {}): Studio {
  const runtime: SessionRuntime = {
    connectors: options.connectors ?? [],
    engine: options.engine ?? {},
    hostSources: new Map(Object.entries(options.sources ?? {}).map(([name, source]) => [name, hostSource(source)])),
    store: secretFreeStore(options.store ?? memoryStore()),
    limits: options.limits ?? {},
    clock: options.clock ?? systemClock,
    rng: options.rng ?? systemRng,
    logger: options.logger ?? { log: () => {} },
    ...(options.secrets && { secrets: options.secrets }),
    ...(options.callerSecrets && { callerSecrets: options.callerSecrets }),
  };
  const services = new StudioServices(runtime, options);
  const sessions = new StudioSessions(runtime, services, { ...QUOTAS, ...options.quotas });
  const known = (sees: Viewer['sees']): Readonly<Record<string, TableSchema>> => {
    const schemas: Record<string, TableSchema> = {};
    for (const [name, { schema }] of runtime.hostSources) if (schema) schemas[name] = schema;
    const seen = sessions.opened().filter((s) => sees(s.owner));
    for (const session of seen.toReversed()) for (const b of session.registry.all()) if (b.schema) schemas[b.name] = b.schema;
    return schemas;
  };
  services.connectTo({ sessions, known: (owner) => known((other) => owner === undefined || isSameOwner(owner, other)) });
  if (options.restoreDeployments !== false) services.restore();

  const seenBy = (viewer: Viewer): Studio => {
    const schemas = () => known((owner) => viewer.sees(owner));
    const seen = seenSessions(sessions, viewer, () => view);
    const { testApp, plan, deploy } = services;
    const apps = studioApps(runtime, {
      viewer,
      sessions: seen,
      schemas,
      testApp: testApp.bind(services),
      plan: plan.bind(services),
      deploy: deploy.bind(services),
    });
    const extra = options.templates ?? [];
    const view: Studio = {
      sql: createSqlService(schemas),
      sessions: seen,
      sources: studioSources(seen),
      templates: studioTemplates({ runtime, extra, session: seen.thread, create: (input) => apps.create(input) }),
      apps,
      deployments: seenDeployments(services.deployments, viewer),
      close: async () => {},
    };
    return view;
  };

  let closed = false;
  const studio: Studio = {
    ...seenBy(HOST),
    as: (viewer) => ({ ...seenBy(viewer), ...(studio.assistant === undefined ? {} : { assistant: studio.assistant }) }),
    async close() {
      if (closed) return;
      closed = true;
      await sessions.close();
      await services.close();
      await runtime.store.close();
    },
  };
  const { assistant } = options;
  return assistant === undefined ? studio : withAssistant(studio, assistant);
}

/** The program that made the studio sees everything, and what it makes belongs to nobody. */
const HOST: Viewer = { owner: undefined, sees: () => true, mayDeploy: true };

/** The assistant is made over the studio that it will be part of. */
function withAssistant(studio: Studio, assistant: NonNullable<StudioOptions['assistant']>): Studio {
  return Object.assign(studio, { assistant: typeof assistant === 'function' ? assistant(studio) : assistant });
}

const isHostSource = (source: HostSource | HostSource['input']): source is HostSource =>
  typeof source === 'object' && source !== null && 'input' in source;
const hostSource = (source: HostSource | HostSource['input']): HostSource => (isHostSource(source) ? source : { input: source });
