export { orc } from './orc.ts';
