// Takes over what a server has drawn. What React had to draw anew is told in `globalThis.hydrated`.
import { version } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { pageOf } from './hydration-pages.tsx';

export interface Hydrated {
  readonly version: string;
  readonly recovered: string[];
  /** Entries whose first element is the one that the server sent. */
  kept(): readonly string[];
}

const places = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
const sent = places.map((place) => place.firstElementChild);
const hydrated: Hydrated = {
  version,
  recovered: [],
  kept: () => places.flatMap((place, i) => (sent[i] !== null && place.contains(sent[i] ?? null) ? [place.dataset['entry'] ?? ''] : [])),
};
for (const place of places) {
  const entry = place.dataset['entry'] ?? '';
  hydrateRoot(place, pageOf(entry), {
    onRecoverableError: (error) => hydrated.recovered.push(`${entry}: ${error instanceof Error ? error.message : String(error)}`),
  });
}
Object.assign(globalThis, { hydrated });
