// Runs with React 18.2 inside: draws every sample on a server and in a page, twice over in StrictMode, and acts on it.
import { StrictMode, version } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';
import { act } from 'react-dom/test-utils';
import { Artifact } from '../src/artifact/Artifact.tsx';
import { sampleArtifacts } from '../src/testing/samples/sample-artifacts.ts';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';

export interface React18Result {
  readonly version: string;
  readonly drawn: number;
  readonly failures: readonly string[];
  /** Names of the actions that were heard. */
  readonly heard: readonly string[];
}

export async function drawAll(): Promise<React18Result> {
  const failures: string[] = [];
  const heard: string[] = [];
  const names = Object.keys(sampleArtifacts).filter((name) => !name.endsWith('/huge'));
  for (const name of names) {
    const artifact = sampleArtifacts[name];
    if (!artifact) continue;
    const page = (
      <StrictMode>
        <VeloTheme onAction={(event) => void heard.push(event.name)}>
          <Artifact artifact={artifact} />
        </VeloTheme>
      </StrictMode>
    );
    const place = document.createElement('div');
    document.body.append(place);
    const root = createRoot(place);
    await act(async () => root.render(page));
    if (!place.querySelector('.velo-card') || place.querySelector('[data-artifact-failure]')) failures.push(`${name} in a page`);
    await act(async () => place.querySelector<HTMLButtonElement>('.velo-card .velo-button:not(:disabled)')?.click());
    await act(async () => root.unmount());
    place.remove();
  }
  return { version, drawn: names.length, failures, heard };
}

/** Names of samples that a server cannot draw. */
export function serverFailures(): readonly string[] {
  return Object.entries(sampleArtifacts)
    .filter(([name]) => !name.endsWith('/huge'))
    .flatMap(([name, artifact]) => {
      const themed = renderToString(
        <VeloTheme>
          <Artifact artifact={artifact} />
        </VeloTheme>,
      );
      const bare = renderToString(<Artifact artifact={artifact} />);
      return themed.includes('velo-card') && bare.includes('<section') ? [] : [name];
    });
}
