import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useMemo } from 'react';
import { type Loaded, useLoaded } from './use-loaded.ts';
import { useStudio } from './use-studio.ts';

export interface UseSessionOptions {
  /** Opens this one; without it a new one is created, once per name. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** One promise per studio and wish, so that StrictMode and two components on a page open one session, not two. */
const opened = new WeakMap<Studio, Map<string, Promise<Session>>>();

function open(studio: Studio, key: string, start: () => Promise<Session>): Promise<Session> {
  const known = opened.get(studio) ?? new Map<string, Promise<Session>>();
  opened.set(studio, known);
  let session = known.get(key);
  if (!session) {
    session = start();
    known.set(key, session);
    // A failure is not kept: the next mount tries again.
    session.catch(() => known.delete(key));
  }
  return session;
}

/**
 * A session of the studio: opened by id, or created.
 *
 * @example const { value: session, error } = useSession({ name: 'Trades' })
 */
export function useSession({ id, name }: UseSessionOptions = {}): Loaded<Session> {
  const studio = useStudio();
  const load = useMemo(
    () => () =>
      id === undefined
        ? open(studio, `new:${name ?? ''}`, () => studio.sessions.create(name === undefined ? {} : { name }))
        : open(studio, `id:${id}`, () => studio.sessions.open(id)),
    [studio, id, name],
  );
  return useLoaded(load);
}
