import type { ReactNode } from 'react';

/** Series with their hues; one series needs none. */
export function Legend({ series, colors }: { readonly series: readonly string[]; readonly colors: readonly string[] }): ReactNode {
  if (series.length < 2) return null;
  return (
    <ul className="velo-legend">
      {series.map((name, i) => (
        <li key={name}>
          <span className="velo-swatch" style={{ background: colors[i] }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
