import type { Artifact as AnyArtifact } from '@velostream/core/protocol';
import { type ReactNode, useMemo } from 'react';
import { Artifact } from './artifact/Artifact.tsx';
import { sampleArtifacts } from './testing/samples/sample-artifacts.ts';

const AGO_MS = 2 * 60_000;
/** Samples stand still in time; a page shows what was read just now. */
const fresh = <A extends AnyArtifact>({ provenance, ...artifact }: A): A =>
  // Only the time of the envelope changes.
  ({ ...artifact, provenance: provenance.asOf === undefined ? provenance : { ...provenance, asOf: Date.now() - AGO_MS } }) as A;

/** A sample by `<kind>/<state>`, as a page would show it. */
export function Sample({ name }: { readonly name: string }): ReactNode {
  const artifact = useMemo(() => {
    const sample = sampleArtifacts[name];
    return sample && fresh(sample);
  }, [name]);
  if (!artifact) throw new Error(`there is no sample "${name}"`);
  return <Artifact artifact={artifact} onAction={() => {}} />;
}
