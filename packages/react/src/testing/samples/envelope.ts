import type { Artifact, ArtifactAction, ArtifactKind, ArtifactOf } from '@velostream/core/protocol';

/** A moment that never changes, so that drawings of samples can be compared. */
export const SAMPLE_TIME = Date.UTC(2026, 0, 5, 9, 30);

/** Puts data into an envelope; what is not given takes a plain value. */
export function artifactOf<K extends ArtifactKind>(
  kind: K,
  { title, data, ...rest }: Pick<ArtifactOf<K>, 'title' | 'data'> & Partial<ArtifactOf<K>>,
): ArtifactOf<K> {
  return {
    kind,
    id: `sample-${kind}`,
    version: 1,
    title,
    state: 'done',
    data,
    actions: [],
    provenance: { sources: ['trades'], scanned: 1_200, available: 1_204_331, asOf: SAMPLE_TIME, tookMs: 84, by: 'sample' },
    createdAt: SAMPLE_TIME,
    ...rest,
  } as ArtifactOf<K>;
}

export const actions = (...names: readonly (readonly [ArtifactAction['name'], string, boolean?])[]): readonly ArtifactAction[] =>
  names.map(([name, label, primary]) => ({ name, label, ...(primary && { primary }) }));

/** The same artifact without content: still waiting, or failed with a coded error. */
export const waiting = <A extends Artifact>(artifact: A): A => ({
  ...artifact,
  state: 'waiting',
  data: artifact.kind === 'query-results' ? { ...artifact.data, rows: [], rowCount: 0 } : artifact.data,
  actions: [],
  provenance: { sources: artifact.provenance.sources, by: artifact.provenance.by },
});
export const failed = <A extends Artifact>(artifact: A): A => ({
  ...artifact,
  state: 'failed',
  error: {
    code: 'VS4101',
    message: 'Kafka did not answer at broker1:9092 within 5 s',
    hint: 'Is it reachable from this machine? Check the address, or connect to another broker.',
  },
});
