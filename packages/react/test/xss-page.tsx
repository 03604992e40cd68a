// Every text of every sample is replaced by something that would run if it were taken for markup, code or an address.
import type { Artifact as AnyArtifact } from '@velostream/core/protocol';
import { createRoot } from 'react-dom/client';
import { Artifact } from '../src/artifact/Artifact.tsx';
import { configureMonaco } from '../src/monaco/load-monaco.ts';
import { lazyRenderers } from '../src/renderers/lazy-renderers.ts';
import { sampleArtifacts } from '../src/testing/samples/sample-artifacts.ts';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';

export const PAYLOADS: readonly string[] = [
  '<img src=x onerror="globalThis.__hit=1">',
  '<script>globalThis.__hit=1</script>',
  '"><svg onload=globalThis.__hit=1>',
  "javascript:globalThis.__hit=1//'",
  '${globalThis.__hit=1}',
  '<iframe srcdoc="<script>parent.__hit=1</script>">',
  '[a](javascript:globalThis.__hit=1)',
  '<a href="javascript:globalThis.__hit=1">x</a>',
  '__proto__',
  'constructor',
  '</style><style>*{display:none}</style>',
  '\u202e\u0000\ud800',
];

/** Keys whose values are chosen from a fixed set: a text of a user never stands there. */
const FIXED = new Set(['kind', 'state', 'status', 'severity', 'type', 'change', 'stoppedBy', 'origin', 'health', 'name_', 'trigger']);

let turn = 0;
const payload = (text: string): string => `${PAYLOADS[turn++ % PAYLOADS.length]} ${text.slice(0, 12)}`;

function poisoned(value: unknown, key: string, inActions: boolean): unknown {
  if (typeof value === 'string') return FIXED.has(key) || (inActions && key === 'name') || key === 'id' ? value : payload(value);
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key, inActions));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name, inActions || name === 'actions')]));
}

const renderers = new URLSearchParams(location.search).get('bare') === null ? lazyRenderers : {};
configureMonaco({ inlineStyles: 'forbidden' });

const samples = Object.entries(sampleArtifacts)
  .filter(([name]) => !name.endsWith('/huge'))
  // The shape is that of the sample; only texts were replaced.
  .map(([name, artifact]) => [name, poisoned(artifact, '', false) as AnyArtifact] as const);

const place = document.getElementById('page');
if (place)
  createRoot(place).render(
    <VeloTheme renderers={renderers} onAction={() => {}}>
      {samples.map(([name, artifact]) => (
        <div key={name} data-sample={name}>
          <Artifact artifact={artifact} />
        </div>
      ))}
    </VeloTheme>,
  );
