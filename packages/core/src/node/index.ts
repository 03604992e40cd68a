export { fileSystem } from './file-system.node.ts';
