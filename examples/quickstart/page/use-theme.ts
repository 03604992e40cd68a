import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';
const STORED = 'velostream-theme';
const darkWanted = matchMedia('(prefers-color-scheme: dark)');

/** A private window may refuse storage; the theme then lasts as long as the page. */
function stored(): Theme | null {
  try {
    const value = localStorage.getItem(STORED);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Not kept: see above.
  }
}

/** The theme of the system until somebody chooses another one. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useState(stored);
  const [system, setSystem] = useState<Theme>(darkWanted.matches ? 'dark' : 'light');
  useEffect(() => {
    const follow = (): void => setSystem(darkWanted.matches ? 'dark' : 'light');
    darkWanted.addEventListener('change', follow);
    return () => darkWanted.removeEventListener('change', follow);
  }, []);
  const theme = chosen ?? system;
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const choose = (next: Theme): void => {
    store(next);
    setChosen(next);
  };
  return [theme, choose];
}
