import type { ReactNode } from 'react';
import { Artifact } from '../artifact/Artifact.tsx';
import { artifactsOfMessage, type MessagePart } from './message-parts.ts';

/**
 * All artifacts of a UI message of the AI SDK.
 *
 * @example messages.map((message) => <ArtifactParts key={message.id} message={message} />)
 */
export function ArtifactParts({ message }: { readonly message: { readonly parts: readonly MessagePart[] } }): ReactNode {
  return artifactsOfMessage(message).map((artifact) => <Artifact key={artifact.id} artifact={artifact} />);
}
