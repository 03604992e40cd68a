import { kernelModule } from '../kernels/wasm-module.ts';
import { withoutWasm } from '../kernels/without-wasm.ts';
import type { JsonlKernelFactory } from './jsonl-kernel-plan.ts';
import { jsonlScriptKernel } from './jsonl-script-kernel.ts';
import { jsonlWasmKernel } from './jsonl-wasm-kernel.ts';

/** The kernel to use: WebAssembly where there is any, unless JavaScript is asked for. */
export function jsonlKernelOf(kernels: 'auto' | 'wasm' | 'js'): JsonlKernelFactory {
  const module = kernels === 'js' ? null : kernelModule();
  if (module === null && kernels === 'wasm') throw withoutWasm('jsonl');
  return (plan, rows, inputBytes) =>
    module === null ? jsonlScriptKernel(plan, rows, inputBytes) : jsonlWasmKernel(module, plan, rows, inputBytes);
}
