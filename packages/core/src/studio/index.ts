export { browserStore } from '../sessions/browser-store.ts';
export { memoryStore } from '../sessions/memory-store.ts';
export { secretFreeStore } from '../sessions/secret-free-store.ts';
export type { HostSource, Logger } from '../sessions/session-runtime.ts';
export { createStudio } from './create-studio.ts';
export type { StudioQuotas } from './quotas.ts';
export type { StudioOptions, TemplateSource } from './studio-options.ts';
