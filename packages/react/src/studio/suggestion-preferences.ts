/** Which suggestions somebody does not want to see again. */
export interface SuggestionPreferences {
  isHidden(key: string): boolean;
  hide(key: string): void;
}

const PREFIX = 'velostream:hidden-suggestion:';

/** Kept in the browser; where storage is not allowed, for as long as the page is open. */
export function browserPreferences(): SuggestionPreferences {
  const here = new Set<string>();
  const storage = (): Storage | undefined => {
    try {
      return globalThis.localStorage;
    } catch {
      return undefined; // a sandboxed frame may not look
    }
  };
  return {
    isHidden(key) {
      try {
        return here.has(key) || storage()?.getItem(PREFIX + key) != null;
      } catch {
        return here.has(key);
      }
    },
    hide(key) {
      here.add(key);
      try {
        storage()?.setItem(PREFIX + key, '1');
      } catch {
        // Full or forbidden: it holds until the page is closed.
      }
    },
  };
}
