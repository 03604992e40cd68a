export { type AiSdkOptions, type AiSdkToolLike, toAiSdkTools } from '../tools/export-ai-sdk.ts';
export { toUiChunks, toUiMessageStream, uiStreamHeaders } from './ui-message-stream.ts';
