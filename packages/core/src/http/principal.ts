/** What a route may touch, from harmless to far-reaching. */
export type Risk = 'read' | 'compute' | 'write' | 'deploy';

/** Who calls, as `authorize` found out. */
export interface Principal {
  /** Stable; rate limits and the audit log go by it. */
  readonly id: string;
  /** The organisation that the caller belongs to; what is made there is never seen from another one. */
  readonly tenant?: string;
  readonly role: 'viewer' | 'analyst' | 'developer' | 'admin';
  /** Overrides the role: what this caller may do. */
  readonly may?: readonly Risk[];
}

const BY_ROLE: Readonly<Record<Principal['role'], readonly Risk[]>> = {
  viewer: ['read'],
  analyst: ['read', 'compute'],
  developer: ['read', 'compute', 'write'],
  admin: ['read', 'compute', 'write', 'deploy'],
};

export const mayDo = (principal: Principal, risk: Risk): boolean => (principal.may ?? BY_ROLE[principal.role]).includes(risk);

/** Decides who a request comes from. `null`: nobody known; the request is refused. */
export type Authorize = (request: Request) => Principal | null | Promise<Principal | null>;
