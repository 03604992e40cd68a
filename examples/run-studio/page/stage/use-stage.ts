import type { Artifact } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { useNotebook } from '@velostream/react';
import { type IconName, KIND_ICONS } from '@velostream/react/ui';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { distinct } from './distinct-tabs.ts';

/** What stands on the stage beside artifacts: how everything that is deployed is doing. */
export const HEALTH = 'health';

export interface StageTab {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  /** Newest version; `null` for the health of what is deployed, which is no artifact of a notebook. */
  readonly artifact: Artifact | null;
}

export interface Stage {
  /** What is open, in the order of opening. */
  readonly tabs: readonly StageTab[];
  readonly active: StageTab | undefined;
  readonly show: (artifact: Artifact) => void;
  readonly focus: (id: string) => void;
  readonly close: (id: string) => void;
  readonly versionsOf: (artifact: Artifact) => readonly Artifact[];
}

const TABS_MAX = 12;
const keyOf = (session: Session): string => `velo-stage-${session.id}`;

interface Open {
  readonly ids: readonly string[];
  readonly active: string | undefined;
}

function restored(session: Session): Open {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(session)) ?? 'null') as Open | null;
    const known = new Set([HEALTH, ...session.notebook.artifacts.map((a) => a.id)]);
    const ids = (kept?.ids ?? []).filter((id) => known.has(id));
    if (ids.length > 0) return { ids, active: kept?.active !== undefined && ids.includes(kept.active) ? kept.active : ids.at(-1) };
  } catch {
    localStorage.removeItem(keyOf(session));
  }
  const last = session.notebook.artifacts.at(-1)?.id;
  return last === undefined ? { ids: [], active: undefined } : { ids: [last], active: last };
}

/** Which artifacts are open beside the conversation; remembered per notebook. */
export function useStage(session: Session): Stage {
  const [open, setOpen] = useState<Open>(() => restored(session));
  const [shown, setShown] = useState<Versions>(() => grouped(session.notebook.artifacts));
  const { artifacts } = useNotebook(session);
  // What came into the notebook by another way, such as from another tab, can be opened as well.
  useEffect(() => setShown((all) => withMissing(all, artifacts)), [artifacts]);
  const remember = useCallback(
    (next: Open): Open => {
      localStorage.setItem(keyOf(session), JSON.stringify(next));
      return next;
    },
    [session],
  );
  const show = useCallback(
    (artifact: Artifact) => {
      setShown((all) => withVersion(all, artifact));
      setOpen(({ ids }) =>
        remember({ ids: [...ids.filter((id) => id !== artifact.id), artifact.id].slice(-TABS_MAX), active: artifact.id }),
      );
    },
    [remember],
  );
  const focus = useCallback(
    (id: string) => setOpen(({ ids }) => remember({ ids: ids.includes(id) ? ids : [...ids, id].slice(-TABS_MAX), active: id })),
    [remember],
  );
  const close = useCallback(
    (id: string) =>
      setOpen(({ ids, active }) => {
        const at = ids.indexOf(id);
        const rest = ids.filter((each) => each !== id);
        return remember({ ids: rest, active: active === id ? (rest[at] ?? rest.at(-1)) : active });
      }),
    [remember],
  );
  return useMemo(() => {
    const newest = (id: string): StageTab | undefined => {
      if (id === HEALTH) return HEALTH_TAB;
      const artifact = shown.get(id)?.at(-1);
      return artifact && { id, title: artifact.title, icon: KIND_ICONS[artifact.kind], artifact };
    };
    const tabs = distinct(open.ids.flatMap((id) => newest(id) ?? []));
    return {
      tabs,
      active: tabs.find(({ id }) => id === open.active),
      show,
      focus,
      close,
      versionsOf: (artifact) => shown.get(artifact.id) ?? [artifact],
    };
  }, [open, shown, show, focus, close]);
}

const HEALTH_TAB: StageTab = { id: HEALTH, title: 'Health', icon: 'rocket', artifact: null };

type Versions = ReadonlyMap<string, readonly Artifact[]>;

function withVersion(all: Versions, artifact: Artifact): Versions {
  const versions = (all.get(artifact.id) ?? []).filter((a) => a.version !== artifact.version);
  return new Map(all).set(
    artifact.id,
    [...versions, artifact].sort((a, b) => a.version - b.version),
  );
}

/** The same object where nothing is missing. */
const withMissing = (all: Versions, artifacts: readonly Artifact[]): Versions =>
  artifacts
    .filter(({ id, version }) => !all.get(id)?.some((known) => known.version === version))
    .reduce<Versions>((known, artifact) => withVersion(known, artifact), all);

function grouped(artifacts: readonly Artifact[]): Map<string, readonly Artifact[]> {
  const all = new Map<string, Artifact[]>();
  for (const a of artifacts) all.set(a.id, [...(all.get(a.id) ?? []), a]);
  return all;
}
