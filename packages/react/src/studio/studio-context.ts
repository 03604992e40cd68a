import type { Session, Studio } from '@velostream/core/protocol/studio';
import { createContext, useContext } from 'react';

export interface StudioValue {
  readonly studio: Studio;
  /** The session that artifacts run in, where the host has opened one. */
  readonly session: Session | null;
}

export const StudioContext = createContext<StudioValue | null>(null);

/** The studio around, or `null`: for parts that can do without. */
export const useOptionalStudio = (): StudioValue | null => useContext(StudioContext);
