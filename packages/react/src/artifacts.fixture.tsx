import { type ReactNode, useMemo } from 'react';
import { Artifact } from './artifact/Artifact.tsx';
import { SAMPLE_TIME } from './testing/samples/envelope.ts';
import { sampleArtifacts } from './testing/samples/sample-artifacts.ts';

const AGO_MS = 2 * 60_000;
const SPAN_MS = 31 * 86_400_000;
/** Samples stand still in time; a page shows what was read just now, so every time near theirs is moved as far as now is from them. */
export function fresh<T>(value: T, by: number = Date.now() - AGO_MS - SAMPLE_TIME): T {
  const moved = (inner: unknown): unknown => {
    if (typeof inner === 'number') return Math.abs(inner - SAMPLE_TIME) < SPAN_MS ? inner + by : inner;
    if (Array.isArray(inner)) return inner.map(moved);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, moved(each)]));
  };
  // The shape stays; only times change.
  return moved(value) as T;
}

/** A sample by `<kind>/<state>`, as a page would show it. */
export function Sample({ name }: { readonly name: string }): ReactNode {
  const artifact = useMemo(() => {
    const sample = sampleArtifacts[name];
    return sample && fresh(sample);
  }, [name]);
  if (!artifact) throw new Error(`there is no sample "${name}"`);
  return <Artifact artifact={artifact} onAction={() => {}} />;
}
