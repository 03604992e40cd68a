export type { TestBroker } from './broker/test-broker.ts';
export type { CaptureFormat, CaptureFormats } from './capture/capture-format.ts';
