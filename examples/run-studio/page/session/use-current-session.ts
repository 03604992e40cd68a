import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useCallback, useEffect, useState } from 'react';

export interface CurrentSession {
  readonly session: Session | null;
  readonly error: Error | null;
  /** Nothing has ever been done in it. */
  readonly isFresh: boolean;
  readonly open: (id: string) => void;
  readonly create: (name: string) => void;
  readonly retry: () => void;
}

const KEY = 'velo-notebook';
type Wish =
  | { readonly kind: 'last' }
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'create'; readonly name: string; readonly at: number };

const opening = new Map<string, Promise<Session>>();

/** One promise per wish: StrictMode runs effects twice, and two notebooks must not come of that. */
function openSession(studio: Studio, wish: Wish): Promise<Session> {
  const key = JSON.stringify(wish);
  let session = opening.get(key);
  if (!session) {
    session =
      wish.kind === 'open'
        ? studio.sessions.open(wish.id)
        : wish.kind === 'create'
          ? studio.sessions.create({ name: wish.name })
          : lastSession(studio);
    opening.set(key, session);
    session.catch(() => opening.delete(key));
  }
  return session;
}

async function lastSession(studio: Studio): Promise<Session> {
  const known = await studio.sessions.list();
  const last = known.find((n) => n.id === localStorage.getItem(KEY)) ?? known.find((n) => n.name !== 'Scratch');
  return last ? studio.sessions.open(last.id) : studio.sessions.create({ name: 'First look' });
}

export function useCurrentSession(studio: Studio): CurrentSession {
  const [wish, setWish] = useState<Wish>({ kind: 'last' });
  const [state, setState] = useState<{ readonly session: Session | null; readonly error: Error | null }>({ session: null, error: null });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same wish again
  useEffect(() => {
    let isGone = false;
    openSession(studio, wish).then(
      (session) => {
        if (isGone) return;
        localStorage.setItem(KEY, session.id);
        document.title = `${session.name} · Velostream Studio`;
        setState({ session, error: null });
      },
      (error: Error) => !isGone && setState({ session: null, error }),
    );
    return () => {
      isGone = true;
    };
  }, [studio, wish, attempt]);
  const open = useCallback((id: string) => setWish({ kind: 'open', id }), []);
  const create = useCallback((name: string) => setWish({ kind: 'create', name, at: Date.now() }), []);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const { notebook } = state.session ?? {};
  return { ...state, isFresh: !!notebook && notebook.messages.length === 0 && notebook.artifacts.length === 0, open, create, retry };
}
