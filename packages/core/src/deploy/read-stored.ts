import { deploymentDamaged } from '../diagnostics/codes/deploy.ts';
import type { DeployTarget } from '../protocol/studio/deployment.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StoredSummary } from '../protocol/studio/store.ts';
import { type DeploymentRecord, failedStep, type StoredDeployment } from './deployment-record.ts';
import { versionOf } from './stored-version.ts';

export interface StoredEntry {
  readonly id: string;
  /** What the store answered: a document of ours, unless something has damaged it. */
  readonly document: unknown;
  readonly summary?: StoredSummary['summary'];
}

/**
 * A stored deployment as it stood, with nothing of it running yet. One that cannot be read is listed as failed and left in the store as it is, so
 * that the others start and whoever owns it can look into it.
 */
export function readStored(entry: StoredEntry, targets: readonly DeployTarget[]): DeploymentRecord {
  try {
    const stored = checked(entry);
    const [current, ...previous] = stored.versions.map((version) => versionOf(stored, version, targets));
    if (current === undefined) throw new Error('it has no version');
    return {
      ...BARE,
      id: entry.id,
      owner: stored.owner,
      current,
      previous,
      wanted: stored.wanted,
      isStarting: stored.wanted === 'running',
    };
  } catch (error) {
    return damaged(entry, targets, error instanceof Error ? error.message : String(error));
  }
}

/** A deployment of which the store could not tell anything. */
export const unreadable = (entry: Omit<StoredEntry, 'document'>, targets: readonly DeployTarget[], error: unknown): DeploymentRecord =>
  damaged({ ...entry, document: undefined }, targets, error instanceof Error ? error.message : String(error));

const BARE = { running: null, dashboardUrl: undefined, extraSteps: [] } as const;

function damaged({ id, document, summary = {} }: StoredEntry, targets: readonly DeployTarget[], problem: string): DeploymentRecord {
  const { name = id, target = 'embedded', version = 1 } = summary;
  const owner = ownerOf(document);
  const shell = { id, ...(owner === undefined ? {} : { owner }), wanted: 'stopped', versions: [] } as const;
  const options = { name: String(name), target: String(target) };
  const empty = { version: Number(version) || 1, app: { name: String(name), queries: [] }, schemas: {}, options, deployedAt: 0 };
  const damage = deploymentDamaged(id, problem);
  // It was wanted, or nobody knows: either way it does not run, which a list has to tell.
  return {
    ...BARE,
    id,
    owner,
    current: versionOf(shell, empty, targets),
    previous: [],
    wanted: 'running',
    extraSteps: [failedStep(id, damage)],
    damage,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nobody's where the owner cannot be read: only who runs the studio then sees it. */
function ownerOf(document: unknown): Owner | undefined {
  const owner = isObject(document) ? document['owner'] : undefined;
  if (!isObject(owner) || typeof owner['id'] !== 'string') return undefined;
  const { id, tenant } = owner;
  if (tenant === undefined) return { id };
  return typeof tenant === 'string' ? { id, tenant } : undefined;
}

function checked({ id, document }: StoredEntry): StoredDeployment {
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(what);
  };
  if (!isObject(document)) throw new Error('it is no document');
  const { versions, wanted, owner } = document;
  must(document['id'] === id, 'its id is another one');
  must(wanted === 'running' || wanted === 'stopped', 'it does not say whether it is to run');
  must(owner === undefined || ownerOf(document) !== undefined, 'its owner is damaged');
  if (!Array.isArray(versions) || versions.length === 0) throw new Error('it has no version');
  for (const version of versions as readonly unknown[]) {
    const { app, options, version: number, deployedAt } = isObject(version) ? version : {};
    must(typeof number === 'number' && typeof deployedAt === 'number', 'a version has no number or no time');
    must(isObject(options) && typeof options['name'] === 'string', 'a version has no name');
    const queries = isObject(app) && typeof app['name'] === 'string' ? app['queries'] : undefined;
    must(
      Array.isArray(queries) && queries.every((q) => isObject(q) && typeof q['sql'] === 'string' && typeof q['name'] === 'string'),
      'a version has no application',
    );
  }
  // Every field that is read without asking was looked at above.
  return document as unknown as StoredDeployment;
}
