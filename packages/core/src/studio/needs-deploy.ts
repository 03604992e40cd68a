import { forbidden } from '../diagnostics/codes/http.ts';
import type { Viewer } from '../protocol/studio/owner.ts';

/** Refuses what only a viewer may do that may deploy; an assistant that acts for it is refused as well. */
export function needsDeploy(viewer: Viewer): void {
  if (!viewer.mayDeploy) throw forbidden('deploying', 'deploy');
}
