export { type MemoryConnector, type MemoryOptions, memory } from './memory.ts';
export type { MemoryRow, MemoryTable } from './memory-store.ts';
