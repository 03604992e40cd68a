export { type CanaryOptions, deployCanary } from './canary.ts';
export { deployRolling, type RollingOptions } from './rolling.ts';
