// One artifact of each kind between two buttons, with everything a host may give it.
import type { Artifact as AnyArtifact } from '@velostream/core/protocol';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Artifact } from '../src/artifact/Artifact.tsx';
import { lazyRenderers } from '../src/renderers/lazy-renderers.ts';
import { typicalArtifacts } from '../src/testing/samples/sample-artifacts.ts';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';

export interface KeyboardSeen {
  /** Names of the actions that were heard. */
  readonly heard: string[];
}
const seen: KeyboardSeen = { heard: [] };
Object.assign(globalThis, { seen });

const kind = new URLSearchParams(location.search).get('kind') ?? '';
const artifact: AnyArtifact | undefined = Object.values(typicalArtifacts).find((each) => each.kind === kind);
const place = document.getElementById('page');
if (place && artifact)
  createRoot(place).render(
    <StrictMode>
      <button type="button" id="before">
        Before
      </button>
      <VeloTheme renderers={lazyRenderers} onAction={(event) => void seen.heard.push(event.name)}>
        <Artifact artifact={artifact} />
      </VeloTheme>
      <button type="button" id="after">
        After
      </button>
    </StrictMode>,
  );
