import type { CsvKernelFactory } from './csv-kernel-plan.ts';
import { csvScriptKernel } from './csv-script-kernel.ts';

export type { CsvKernelFactory, CsvKernelPlan } from './csv-kernel-plan.ts';

export const csvKernelOf = (_kernels: 'auto' | 'wasm' | 'js'): CsvKernelFactory => csvScriptKernel;
