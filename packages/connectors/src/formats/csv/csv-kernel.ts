import { kernelModule } from '../kernels/wasm-module.ts';
import { withoutWasm } from '../kernels/without-wasm.ts';
import type { CsvKernelFactory } from './csv-kernel-plan.ts';
import { csvScriptKernel } from './csv-script-kernel.ts';
import { csvWasmKernel } from './csv-wasm-kernel.ts';

export type { CsvKernelFactory, CsvKernelPlan } from './csv-kernel-plan.ts';

/** The kernel to use: WebAssembly where there is any, unless JavaScript is asked for. */
export function csvKernelOf(kernels: 'auto' | 'wasm' | 'js'): CsvKernelFactory {
  const module = kernels === 'js' ? null : kernelModule();
  if (module === null && kernels === 'wasm') throw withoutWasm('csv');
  // Escapes other than doubled quotes are read in JavaScript alone.
  return (plan, rows, inputBytes) =>
    module === null || plan.dialect.escape !== plan.dialect.quote
      ? csvScriptKernel(plan, rows, inputBytes)
      : csvWasmKernel(module, plan, rows, inputBytes);
}
