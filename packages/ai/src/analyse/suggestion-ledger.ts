import { secretFreeStore } from '@velostream/core';
import type { Suggestion } from '@velostream/core/protocol/assist';
import type { StudioStore } from '@velostream/core/protocol/studio';
import type { SuggestionPrefs } from './analyze.ts';

export type SuggestionFate = 'shown' | 'accepted' | 'helpful' | 'dismissed' | 'muted';

/** How often the suggestions of one rule met each fate. */
export type RuleTally = Readonly<Record<SuggestionFate, number>>;

/** What became of suggestions: counts by rule, what is not to be shown again, and what a thread saw last. */
export interface SuggestionLedger {
  prefs(): Promise<SuggestionPrefs>;
  tallies(): Promise<Readonly<Record<string, RuleTally>>>;
  /** What stood on the screen of a thread last; survives no restart. */
  last(sessionId: string): readonly Suggestion[];
  shown(items: readonly Suggestion[], sessionId: string): Promise<void>;
  /** Used; `helpful` where the test of the changed query passed. */
  accepted(item: Suggestion, sessionId: string, helpful: boolean): Promise<void>;
  /** Not this one again; `rule`: nothing of its kind again. */
  dismissed(items: readonly Dismissed[], sessionId: string, what?: 'one' | 'rule'): Promise<void>;
}

/** What has to be known of a suggestion to put it away. */
type Dismissed = Pick<Suggestion, 'id' | 'ruleId' | 'fingerprint'>;

interface Preferences {
  readonly mutedRules: readonly string[];
  readonly mutedFingerprints: readonly string[];
}
interface Book {
  readonly tallies: Readonly<Record<string, RuleTally>>;
  /** Fingerprints that were shown, newest last. */
  readonly shown: readonly string[];
}

const ID = 'suggestions';
const SHOWN_MAX = 500;
const MUTED_MAX = 2_000;
const THREADS_MAX = 200;
const CALLERS_MAX = 1_000;
const NONE: RuleTally = { shown: 0, accepted: 0, helpful: 0, dismissed: 0, muted: 0 };

/** A ledger that is kept in the studio's store under an id; without a store it lasts as long as the process. */
export function suggestionLedger(
  options: { readonly store?: StudioStore; readonly now?: () => number; readonly id?: string } = {},
): SuggestionLedger {
  const { now = () => Date.now(), id = ID } = options;
  // What a suggestion is about may be named by an address with a login.
  const store = options.store && secretFreeStore(options.store);
  const last = new Map<string, readonly Suggestion[]>();
  let preferences: Preferences = { mutedRules: [], mutedFingerprints: [] };
  let book: Book = { tallies: {}, shown: [] };
  let loading: Promise<void> | undefined;
  // Writes follow each other, so that a slow store never brings an older state back.
  let saving: Promise<unknown> = Promise.resolve();
  const load = (): Promise<void> => {
    loading ??= (async () => {
      const [known, kept] = await Promise.all([store?.get('preferences', id), store?.get('ledger', id)]);
      preferences = { ...preferences, ...(known as Partial<Preferences> | undefined) };
      book = { ...book, ...(kept as Partial<Book> | undefined) };
    })();
    return loading;
  };
  const save = (collection: 'preferences' | 'ledger', document: object, summary: Readonly<Record<string, unknown>>): Promise<unknown> => {
    saving = saving.catch(() => {}).then(() => store?.put(collection, { id, updatedAt: now(), summary, document }));
    return saving;
  };
  const count = (items: readonly Dismissed[], fates: readonly SuggestionFate[]): void => {
    const tallies: Record<string, RuleTally> = { ...book.tallies };
    for (const { ruleId } of items) {
      const row = { ...(tallies[ruleId] ?? NONE) };
      for (const fate of fates) row[fate]++;
      tallies[ruleId] = row;
    }
    book = { ...book, tallies };
  };
  const without = (sessionId: string, gone: readonly Dismissed[]): void => {
    const ids = new Set(gone.map((s) => s.id));
    last.set(
      sessionId,
      (last.get(sessionId) ?? []).filter((s) => !ids.has(s.id)),
    );
  };
  return {
    async prefs() {
      await load();
      return { ...preferences, shown: book.shown };
    },
    async tallies() {
      await load();
      return book.tallies;
    },
    last: (sessionId) => last.get(sessionId) ?? [],
    async shown(items, sessionId) {
      await load();
      last.delete(sessionId);
      last.set(sessionId, items);
      const oldest = last.size > THREADS_MAX ? last.keys().next().value : undefined;
      if (oldest !== undefined) last.delete(oldest);
      count(items, ['shown']);
      const fingerprints = new Set(items.map((i) => i.fingerprint));
      book = { ...book, shown: [...book.shown.filter((f) => !fingerprints.has(f)), ...fingerprints].slice(-SHOWN_MAX) };
      await save('ledger', book, { rules: Object.keys(book.tallies).length });
    },
    async accepted(item, sessionId, helpful) {
      await load();
      without(sessionId, [item]);
      count([item], helpful ? ['accepted', 'helpful'] : ['accepted']);
      await save('ledger', book, { rules: Object.keys(book.tallies).length });
    },
    async dismissed(items, sessionId, what = 'one') {
      await load();
      without(sessionId, items);
      count(items, what === 'rule' ? ['dismissed', 'muted'] : ['dismissed']);
      const add = (list: readonly string[], more: readonly string[]): string[] => [...new Set([...list, ...more])].slice(-MUTED_MAX);
      preferences =
        what === 'rule'
          ? {
              ...preferences,
              mutedRules: add(
                preferences.mutedRules,
                items.map((i) => i.ruleId),
              ),
            }
          : {
              ...preferences,
              mutedFingerprints: add(
                preferences.mutedFingerprints,
                items.map((i) => i.fingerprint),
              ),
            };
      await save('ledger', book, { rules: Object.keys(book.tallies).length });
      await save('preferences', preferences, { rules: preferences.mutedRules.length, single: preferences.mutedFingerprints.length });
    },
  };
}

/** A ledger for each caller, so that what one has put away is still shown to others; what has no owner shares that of the host program. */
export class SuggestionLedgers {
  private readonly kept = new Map<string, SuggestionLedger>();
  private readonly options: { readonly store?: StudioStore; readonly now?: () => number };

  constructor(options: { readonly store?: StudioStore; readonly now?: () => number }) {
    this.options = options;
  }

  of(owner?: { readonly id: string; readonly tenant?: string }): SuggestionLedger {
    const id = owner === undefined ? ID : `${ID}/${JSON.stringify([owner.tenant ?? null, owner.id])}`;
    let ledger = this.kept.get(id);
    if (ledger === undefined) {
      ledger = suggestionLedger({ ...this.options, id });
      const oldest = this.kept.size >= CALLERS_MAX ? this.kept.keys().next().value : undefined;
      // With a store nothing is lost: it is read again.
      if (oldest !== undefined) this.kept.delete(oldest);
      this.kept.set(id, ledger);
    }
    return ledger;
  }
}
