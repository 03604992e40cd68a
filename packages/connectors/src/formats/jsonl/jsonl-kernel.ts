import type { JsonlKernelFactory } from './jsonl-kernel-plan.ts';
import { jsonlScriptKernel } from './jsonl-script-kernel.ts';

export const jsonlKernelOf = (_kernels: 'auto' | 'wasm' | 'js'): JsonlKernelFactory => jsonlScriptKernel;
