import type { Suggestion, SuggestionTrigger } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';
import { useCallback, useMemo, useState } from 'react';
import { browserPreferences, type SuggestionPreferences } from './suggestion-preferences.ts';
import { useAssistant } from './use-studio.ts';

export interface SuggestionsState {
  /** Most severe first; what was dismissed or hidden is not among them. */
  readonly items: readonly Suggestion[];
  /** Asks the rules at a moment of the session; `null` where the studio has no assistant. */
  readonly ask: ((trigger: SuggestionTrigger, subject?: Readonly<Record<string, unknown>>) => Promise<void>) | null;
  /** Takes suggestions that came another way, for instance with a chat. */
  add(items: readonly Suggestion[]): void;
  dismiss(id: string): void;
  /** Takes one from the page alone, for instance because it was applied. */
  remove(id: string): void;
  /** Takes away what was said at a moment, because what it is about has changed; what still holds may be added again. */
  withdraw(trigger: SuggestionTrigger): void;
  /** Never shows suggestions like this one again: kept by the studio, or on this browser where its assistant keeps nothing. */
  hideRule(id: string): void;
}

const SEVERITIES = ['high', 'medium', 'low', 'info'];
const ITEMS_MAX = 50;

/** Suggestions for a session: asked for, gathered once per fingerprint, and put away. */
export function useSuggestions(
  session: Session | null,
  { preferences }: { readonly preferences?: SuggestionPreferences } = {},
): SuggestionsState {
  const assistant = useAssistant();
  const kept = useMemo(() => preferences ?? browserPreferences(), [preferences]);
  const [all, setAll] = useState<readonly Suggestion[]>([]);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [applied, setApplied] = useState<ReadonlySet<string>>(new Set());

  const add = useCallback(
    (items: readonly Suggestion[]) =>
      setAll((known) => [...new Map([...known, ...items].map((item) => [item.fingerprint, item])).values()].slice(-ITEMS_MAX)),
    [],
  );
  const withdraw = useCallback((trigger: SuggestionTrigger) => {
    setAll((known) => known.filter((item) => item.trigger !== trigger));
    // What was applied to the query before may hold again for this one.
    setApplied(new Set());
  }, []);
  const ask = useMemo(() => {
    const suggest = assistant?.suggest?.bind(assistant);
    if (!suggest || !session) return null;
    return async (trigger: SuggestionTrigger, subject?: Readonly<Record<string, unknown>>) =>
      add(await suggest({ session, trigger, ...(subject && { subject }) }));
  }, [assistant, session, add]);

  return useMemo(() => {
    const items = all
      .filter(({ id, ruleId }) => !gone.has(id) && !applied.has(id) && !kept.isHidden(ruleId))
      .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    const takeAway = (ids: readonly string[]): void => setGone((before) => new Set([...before, ...ids]));
    const tell = (some: readonly Suggestion[], forever: boolean): boolean => {
      if (!assistant?.dismiss || !session || some.length === 0) return false;
      // Gone from the page in any case; where the studio could not be told, it comes again with the next visit.
      assistant.dismiss({ session, suggestions: some, forever }).catch(() => {});
      return true;
    };
    const dismiss = (id: string): void => {
      takeAway([id]);
      tell(
        all.filter((item) => item.id === id),
        false,
      );
    };
    const hideRule = (id: string): void => {
      const rule = all.find((item) => item.id === id)?.ruleId;
      const alike = all.filter((item) => item.ruleId === rule);
      takeAway(alike.map((item) => item.id));
      if (!tell(alike.slice(0, 1), true) && rule !== undefined) kept.hide(rule);
    };
    return { items, ask, add, dismiss, remove: (id) => setApplied((before) => new Set([...before, id])), withdraw, hideRule };
  }, [all, gone, applied, kept, ask, add, withdraw, assistant, session]);
}
