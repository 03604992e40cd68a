import type { Assistant } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useOptionalStudio } from './studio-context.ts';

/** The studio of the `<StudioProvider>` around. */
export function useStudio(): Studio {
  const value = useOptionalStudio();
  if (!value) throw new Error('useStudio has no studio: wrap the page in <StudioProvider studio={createStudio()}>.');
  return value.studio;
}

/** The session that the surrounding `<StudioProvider session={...}>` has, or `null`. */
export const useCurrentSession = (): Session | null => useOptionalStudio()?.session ?? null;

/** The assistant of the studio, or `null` where it has none. */
export const useAssistant = (): Assistant | null => useOptionalStudio()?.studio.assistant ?? null;
