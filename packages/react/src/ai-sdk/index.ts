export { ArtifactParts } from './ArtifactParts.tsx';
export { artifactOfPart, artifactPart, artifactsOfMessage, type MessagePart } from './message-parts.ts';
