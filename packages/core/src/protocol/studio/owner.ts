/** Whom a notebook, an application or a deployment belongs to: the caller that made it. Nobody, where the host program made it itself. */
export interface Owner {
  readonly id: string;
  readonly tenant?: string;
}

/** Through whose eyes a studio is looked at; see `Studio.as`. */
export interface Viewer {
  /** What is made belongs to this one. */
  readonly owner: Owner | undefined;
  /** Whether what belongs to `owner` is there at all for this viewer. */
  sees(owner: Owner | undefined): boolean;
  /** Whether it may start, change and end deployments, by itself or through an assistant. */
  readonly mayDeploy: boolean;
}

export const isSameOwner = (a: Owner | undefined, b: Owner | undefined): boolean => a?.id === b?.id && a?.tenant === b?.tenant;
