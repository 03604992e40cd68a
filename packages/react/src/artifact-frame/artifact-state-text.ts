import type { ArtifactState } from '@velostream/core/protocol';

/** The state of an artifact as a word. */
export const STATE_WORDS: Readonly<Record<ArtifactState, string>> = {
  waiting: 'Waiting',
  live: 'Live',
  paused: 'Paused',
  stale: 'Stale',
  done: 'Done',
  empty: 'Empty',
  failed: 'Failed',
};
