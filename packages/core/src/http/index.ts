export type { Scope } from './access.ts';
export { apiKeyAuth } from './api-key-auth.ts';
export {
  createStudioHandler,
  type StudioHandler,
  type StudioHandlerOptions,
  type WebSocketHooks,
  type WebSocketStart,
} from './create-studio-handler.ts';
export type { CorsOptions } from './guard.ts';
export { type JwtAuthOptions, jwtAuth } from './jwt-auth.ts';
export type { Authorize, Principal, Risk } from './principal.ts';
export type { ToolGateway } from './route.ts';
