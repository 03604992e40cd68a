export { jsonl } from './jsonl.ts';
export type { JsonlOptions } from './jsonl-options.ts';
