import type { Owner, Viewer } from '../protocol/studio/owner.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import { mayDo, type Principal } from './principal.ts';

/**
 * Who sees what a caller made. `principal`: that caller; `tenant`: everybody of the same tenant; `shared`: everybody. An `admin` sees all of its
 * tenant, and all there is where it has no tenant. What the host made itself belongs to nobody: only such an admin sees it, or everybody (`shared`).
 */
export type Scope = 'principal' | 'tenant' | 'shared';

/** The caller as one word: of rate limits, the log, and sessions without a name. */
export const callerOf = ({ id, tenant }: Principal): string => (tenant === undefined ? id : `${tenant}/${id}`);

export function viewerOf(principal: Principal, scope: Scope): Viewer {
  const { id, tenant, role } = principal;
  const sees = (owner: Owner | undefined): boolean => {
    if (scope === 'shared' || (role === 'admin' && tenant === undefined)) return true;
    if (owner === undefined || owner.tenant !== tenant) return false;
    return owner.id === id || role === 'admin' || (scope === 'tenant' && tenant !== undefined);
  };
  return { owner: tenant === undefined ? { id } : { id, tenant }, sees, mayDeploy: mayDo(principal, 'deploy') };
}

/** The studio as this caller sees it. One that cannot tell its callers apart is only served as shared. */
export function studioFor(studio: Studio, viewer: Viewer, scope: Scope): Studio {
  return studio.as === undefined && scope === 'shared' ? studio : (studio.as?.(viewer) ?? refuse());
}

/** @throws {TypeError} where callers would see what is not theirs */
export function checkScope(studio: Studio, scope: Scope): void {
  if (studio.as === undefined && scope !== 'shared') refuse();
}

function refuse(): never {
  throw new TypeError("this studio cannot tell its callers apart; serve it with `scope: 'shared'`, to people who trust each other");
}
