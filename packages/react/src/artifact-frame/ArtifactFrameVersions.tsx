import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** A choice among the versions; absent while there is only one. */
export const ArtifactFrameVersions: Part<'select', ArtifactView> = definePart({
  name: 'ArtifactFrame.Versions',
  tag: 'select',
  use: useArtifact,
  own: ({ artifact, versions, showVersion }) =>
    showVersion && {
      'aria-label': 'Version',
      value: artifact.version,
      onChange: (event) => showVersion(Number(event.currentTarget.value)),
      children: versions.map(({ version }) => (
        <option key={version} value={version}>
          v{version}
        </option>
      )),
    },
});
