import { useCallback, useState } from 'react';

export type ThemeName = 'auto' | 'light' | 'dark';
export interface Theme {
  readonly value: ThemeName;
  readonly next: () => void;
}

const KEY = 'velo-theme';
const ORDER: readonly ThemeName[] = ['auto', 'light', 'dark'];

const stored = (): ThemeName => ORDER.find((name) => name === localStorage.getItem(KEY)) ?? 'auto';

/** Light, dark, or what the system says; remembered on this browser. */
export function useTheme(): Theme {
  const [value, setValue] = useState<ThemeName>(stored);
  const next = useCallback(() => {
    setValue((now) => {
      const after = ORDER[(ORDER.indexOf(now) + 1) % ORDER.length] ?? 'auto';
      localStorage.setItem(KEY, after);
      return after;
    });
  }, []);
  return { value, next };
}
