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

/** What the tab of the browser is called. */
export const titleOf = ({ name }: { readonly name: string }): string => `${name} · Velostream Studio`;

const KEY = 'velo-notebook';
type Wish =
  | { readonly kind: 'last' }
  | { readonly kind: 'open'; readonly id: string }
  /** By the browser's own buttons; it may be deleted by then. */
  | { readonly kind: 'back'; readonly id: string }
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
          : wish.kind === 'back'
            ? studio.sessions.open(wish.id).catch(() => lastSession(studio))
            : lastSession(studio);
    opening.set(key, session);
    const forget = (): unknown => opening.delete(key);
    // One that was deleted and brought back is opened anew; a wish to make one is granted once.
    session.then(wish.kind === 'back' || wish.kind === 'open' ? forget : undefined, forget);
  }
  return session;
}

async function lastSession(studio: Studio): Promise<Session> {
  const known = await studio.sessions.list();
  const last = known.find((n) => n.id === localStorage.getItem(KEY)) ?? known.find((n) => n.name !== 'Scratch');
  return last ? studio.sessions.open(last.id) : studio.sessions.create({ name: 'First look' });
}

/** The notebook that an entry of the browser's history shows. */
const shownBy = (state: unknown): unknown => (typeof state === 'object' && state !== null && KEY in state ? state[KEY] : undefined);

/** Makes the browser's back button lead to the notebook before, not out of the studio. */
function remember(id: string): void {
  const shown = shownBy(history.state);
  if (shown === undefined) history.replaceState({ [KEY]: id }, '');
  else if (shown !== id) history.pushState({ [KEY]: id }, '');
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
        document.title = titleOf(session);
        remember(session.id);
        setState({ session, error: null });
      },
      (error: Error) => !isGone && setState({ session: null, error }),
    );
    return () => {
      isGone = true;
    };
  }, [studio, wish, attempt]);
  useEffect(() => {
    const listen = ({ state: shown }: PopStateEvent): void => {
      const id = shownBy(shown);
      if (typeof id === 'string') setWish({ kind: 'back', id });
    };
    addEventListener('popstate', listen);
    return () => removeEventListener('popstate', listen);
  }, []);
  const open = useCallback((id: string) => setWish({ kind: 'open', id }), []);
  const create = useCallback((name: string) => setWish({ kind: 'create', name, at: Date.now() }), []);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const { notebook } = state.session ?? {};
  return { ...state, isFresh: !!notebook && notebook.messages.length === 0 && notebook.artifacts.length === 0, open, create, retry };
}
