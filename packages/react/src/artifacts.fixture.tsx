import type { ReactNode } from 'react';
import { Artifact } from './artifact/Artifact.tsx';
import { sampleArtifacts } from './testing/samples/sample-artifacts.ts';

/** A sample by `<kind>/<state>`, as a page would show it. */
export function Sample({ name }: { readonly name: string }): ReactNode {
  const artifact = sampleArtifacts[name];
  if (!artifact) throw new Error(`there is no sample "${name}"`);
  return <Artifact artifact={artifact} onAction={() => {}} />;
}
