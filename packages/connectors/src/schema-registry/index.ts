export type { CompatibilityLevel } from './memory/compatibility.ts';
export { type MemoryRegistry, memoryRegistry } from './memory/memory-registry.ts';
export type { RegistryAnswer } from './registry-request.ts';
export type { RegisteredSchema, SchemaKind, SchemaRegistry } from './schema-registry.ts';
