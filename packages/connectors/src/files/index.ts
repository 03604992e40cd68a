export type { FileOptions } from './file-options.ts';
export { type FilesOptions, files } from './files.ts';
