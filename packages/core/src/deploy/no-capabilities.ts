import type { TargetCapabilities } from '../protocol/studio/deployment.ts';

/** Of a deployment that can be looked at and deleted: one that was written as files, or whose target is not there. */
export const NO_CAPABILITIES: TargetCapabilities = {
  pause: false,
  resume: false,
  restart: false,
  stop: false,
  rollback: false,
  shadow: false,
  metrics: false,
  logs: false,
  savepoint: false,
};
