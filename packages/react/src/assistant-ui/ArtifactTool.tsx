import type { ReactNode } from 'react';
import { Artifact } from '../artifact/Artifact.tsx';
import { artifactIn } from '../artifact/is-artifact.ts';

/** What assistant-ui hands to a tool's component, as far as it is read here. */
export interface ToolPartProps {
  readonly toolName: string;
  readonly result?: unknown;
  readonly isError?: boolean | undefined;
}

/**
 * Draws the artifact that a tool brought; nothing for a tool without one. Register it as the fallback for tools.
 *
 * @example <MessagePrimitive.Parts components={{ tools: { Fallback: ArtifactTool } }} />
 */
export function ArtifactTool({ result }: ToolPartProps): ReactNode {
  const artifact = artifactIn(result);
  return artifact && <Artifact artifact={artifact} />;
}
