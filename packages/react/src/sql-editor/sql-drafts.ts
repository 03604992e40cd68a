/** The text of an editor that differs from the one that its artifact holds. */
interface Draft {
  readonly of: string;
  readonly sql: string;
}

export interface SqlDrafts {
  /** What is written in the editor of an artifact with the text `of`. */
  textOf(id: string, of: string): string;
  write(id: string, draft: Draft): void;
  /** It was run as it stood then: the rows of that run are as old as that text. */
  ran(id: string, sql: string): void;
  /** Whether an editor that ran this text, or began with it, has another one now. */
  isOutdated(sql: string): boolean;
  subscribe(listener: () => void): () => void;
}

/** Editors whose text is kept, and runs of one that are known; the oldest are forgotten. */
const DRAFTS_MAX = 100;
const RUNS_MAX = 20;

const stores = new WeakMap<object, SqlDrafts>();

/** What is written in the editors of one session: it outlives a change of tabs, and results know when they are out of date. */
export function sqlDrafts(session: object): SqlDrafts {
  let drafts = stores.get(session);
  if (!drafts) {
    drafts = createDrafts();
    stores.set(session, drafts);
  }
  return drafts;
}

function createDrafts(): SqlDrafts {
  const written = new Map<string, Draft & { readonly ran: readonly string[] }>();
  const listeners = new Set<() => void>();
  const keep = (id: string, draft: Draft, ran: readonly string[]): void => {
    written.delete(id);
    written.set(id, { ...draft, ran: ran.slice(-RUNS_MAX) });
    for (const oldest of [...written.keys()].slice(0, -DRAFTS_MAX)) written.delete(oldest);
    for (const listener of listeners) listener();
  };
  return {
    textOf(id, of) {
      const draft = written.get(id);
      return draft?.of === of ? draft.sql : of;
    },
    write(id, draft) {
      const before = written.get(id);
      keep(id, draft, before?.of === draft.of ? before.ran : []);
    },
    ran(id, sql) {
      const draft = written.get(id);
      if (draft && !draft.ran.includes(sql)) keep(id, draft, [...draft.ran, sql]);
    },
    isOutdated: (sql) => [...written.values()].some((draft) => draft.sql !== sql && (draft.of === sql || draft.ran.includes(sql))),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
