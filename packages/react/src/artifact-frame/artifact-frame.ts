import { ArtifactFrameActions } from './ArtifactFrameActions.tsx';
import { ArtifactFrameError } from './ArtifactFrameError.tsx';
import { ArtifactFrameFailure } from './ArtifactFrameFailure.tsx';
import { ArtifactFrameProvenance } from './ArtifactFrameProvenance.tsx';
import { ArtifactFrameRoot } from './ArtifactFrameRoot.tsx';
import { ArtifactFrameState } from './ArtifactFrameState.tsx';
import { ArtifactFrameTitle } from './ArtifactFrameTitle.tsx';
import { ArtifactFrameVersions } from './ArtifactFrameVersions.tsx';

interface ArtifactFrameParts {
  readonly Root: typeof ArtifactFrameRoot;
  readonly Title: typeof ArtifactFrameTitle;
  readonly State: typeof ArtifactFrameState;
  readonly Versions: typeof ArtifactFrameVersions;
  readonly Actions: typeof ArtifactFrameActions;
  readonly Error: typeof ArtifactFrameError;
  readonly Failure: typeof ArtifactFrameFailure;
  readonly Provenance: typeof ArtifactFrameProvenance;
}

/** What every artifact has around its content: title, state, versions, actions, and where it came from. */
export const ArtifactFrame: ArtifactFrameParts = {
  Root: ArtifactFrameRoot,
  Title: ArtifactFrameTitle,
  State: ArtifactFrameState,
  Versions: ArtifactFrameVersions,
  Actions: ArtifactFrameActions,
  Error: ArtifactFrameError,
  Failure: ArtifactFrameFailure,
  Provenance: ArtifactFrameProvenance,
};
