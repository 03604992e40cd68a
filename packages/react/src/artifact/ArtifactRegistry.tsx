import { type ReactNode, useContext, useMemo } from 'react';
import { RegistryContext, type RegistryValue } from './artifact-registry.ts';

export type ArtifactRegistryProps = Partial<RegistryValue> & { readonly children?: ReactNode };

/**
 * Says how artifacts below are drawn and who hears their actions. What is left out comes from the registry around.
 *
 * @example
 * <ArtifactRegistry renderers={{ 'topic-list': MyTopics }} onAction={(event) => run(event)}>…</ArtifactRegistry>
 */
export function ArtifactRegistry({ renderers, frame, onAction, versionsOf, children }: ArtifactRegistryProps): ReactNode {
  const outer = useContext(RegistryContext);
  const value = useMemo(
    () => ({
      renderers: renderers ? { ...outer.renderers, ...renderers } : outer.renderers,
      frame: frame === undefined ? outer.frame : frame,
      onAction: onAction ?? outer.onAction,
      versionsOf: versionsOf ?? outer.versionsOf,
    }),
    [outer, renderers, frame, onAction, versionsOf],
  );
  return <RegistryContext.Provider value={value}>{children}</RegistryContext.Provider>;
}
