export { arrow } from './arrow.ts';
