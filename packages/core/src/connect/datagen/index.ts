export { datagen } from './datagen.ts';
export type { DatagenOptions } from './datagen-options.ts';
