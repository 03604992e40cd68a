export { artifactIn, isArtifact } from '../artifact/is-artifact.ts';
export { ArtifactTool, type ToolPartProps } from './ArtifactTool.tsx';
export { type ChatModel, chatModel } from './chat-model.ts';
export { SPECIAL_TOOLS, type ThreadMessage, type ThreadPart, threadMessage } from './thread-message.ts';
