export { type DefineElementsOptions, defineElements } from './define-elements.ts';
export type { VeloElement } from './velo-element.ts';
