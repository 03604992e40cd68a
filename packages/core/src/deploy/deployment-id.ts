import { slugOf } from '../observability/prometheus-name.ts';
import { isSameOwner, type Owner } from '../protocol/studio/owner.ts';
import type { DeploymentRecord } from './deployment-record.ts';
import { contentHash } from './plan-hash.ts';

/** A name belongs to its owner: the same name of another one is another deployment. */
export function deploymentIdFor(records: ReadonlyMap<string, DeploymentRecord>, name: string, owner: Owner | undefined): string {
  const slug = slugOf(name);
  const same = records.get(slug);
  if (same !== undefined && isSameOwner(same.owner, owner)) return slug;
  // What the owner has under this name stays what is meant, also when the plain name has become free.
  for (const { id, current, owner: other } of records.values())
    if (slugOf(current.plan.name) === slug && isSameOwner(other, owner)) return id;
  if (same === undefined) return slug;
  return `${slug.slice(0, 48)}-${contentHash(JSON.stringify([owner?.tenant, owner?.id])).slice(0, 8)}`;
}
