import { useTheme } from './use-theme.ts';

/** What this is, and the theme. */
export function TopBar() {
  const [theme, setTheme] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3 17c3.2 0 3.4-9 6.4-9s2.8 7 5.6 7 2.6-4.5 6-4.5" />
      </svg>
      <h1>
        Velostream Studio <span className="product-part">Quickstart</span>
      </h1>
      <p>The engine runs in this page: no server, no cluster.</p>
      <button type="button" className="quiet" onClick={() => setTheme(other)} aria-label={`Use the ${other} theme`}>
        {theme === 'dark' ? 'Light' : 'Dark'}
      </button>
    </header>
  );
}
