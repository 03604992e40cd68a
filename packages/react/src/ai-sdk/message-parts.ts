import type { Artifact } from '@velostream/core/protocol';
import { artifactIn } from '../artifact/is-artifact.ts';

/** A part of an AI SDK `UIMessage`, as far as it is read here. */
export interface MessagePart {
  readonly type: string;
  readonly state?: string;
  readonly output?: unknown;
  readonly data?: unknown;
}

/** An artifact as a data part of a UI message; the same id with a new version replaces the part before. */
export const artifactPart = (artifact: Artifact): { readonly type: 'data-artifact'; readonly id: string; readonly data: Artifact } => ({
  type: 'data-artifact',
  id: artifact.id,
  data: artifact,
});

/** The artifact of a part: a `data-artifact` part, or the output of a tool (static or dynamic) that has one. */
export function artifactOfPart(part: MessagePart): Artifact | null {
  if (part.type === 'data-artifact') return artifactIn(part.data);
  const isTool = part.type.startsWith('tool-') || part.type === 'dynamic-tool';
  return isTool && part.state === 'output-available' ? artifactIn(part.output) : null;
}

/** Artifacts of a message in their order, the last version of each. */
export function artifactsOfMessage({ parts }: { readonly parts: readonly MessagePart[] }): readonly Artifact[] {
  const byId = new Map<string, Artifact>();
  for (const part of parts) {
    const artifact = artifactOfPart(part);
    if (artifact) byId.set(artifact.id, artifact);
  }
  return [...byId.values()];
}
