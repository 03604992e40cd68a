export { createStudioClient } from './create-studio-client.ts';
export type { ClientSocket, StudioClientOptions } from './transport.ts';
