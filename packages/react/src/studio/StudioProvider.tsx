import type { Session, Studio } from '@velostream/core/protocol/studio';
import { type ReactNode, useMemo } from 'react';
import { StudioContext } from './studio-context.ts';

export interface StudioProviderProps {
  /** In process (`createStudio`) or remote (`createStudioClient`); the same object between renders. */
  readonly studio: Studio;
  /** The session that artifacts below run their actions in. */
  readonly session?: Session | null | undefined;
  readonly children?: ReactNode;
}

/** Gives the studio to hooks and artifacts below. The host made it, and the host closes it. */
export function StudioProvider({ studio, session = null, children }: StudioProviderProps): ReactNode {
  const value = useMemo(() => ({ studio, session }), [studio, session]);
  return <StudioContext.Provider value={value}>{children}</StudioContext.Provider>;
}
