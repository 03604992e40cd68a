export { type VelostreamProcessOptions, velostreamProcess } from '../deploy/process/velostream-process.node.ts';
export { serveThread } from '../deploy/threads/serve-thread.node.ts';
export { type ThreadsOptions, threads } from '../deploy/threads/threads-target.node.ts';
export { fileSystem } from './file-system.node.ts';
export { type ServedStudio, type ServeOptions, serveStudio } from './serve-studio.node.ts';
export { sqliteStore } from './sqlite-store.node.ts';
