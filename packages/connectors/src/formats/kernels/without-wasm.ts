import { connectorError, type VeloError } from '@velostream/core/connect';

/** For those who insist on WebAssembly where it is missing or forbidden. */
export const withoutWasm = (format: string): VeloError =>
  connectorError('VS4101', { connector: format, option: 'kernels', problem: 'WebAssembly with vectors is missing or forbidden here' });
