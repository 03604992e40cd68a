export { fileSystem } from './file-system.node.ts';
export { sqliteStore } from './sqlite-store.node.ts';
