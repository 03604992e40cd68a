import { KERNELS_BASE64 } from './kernels.generated.ts';

/** What `kernels.as.ts` exports; all addresses are bytes within the memory. */
export interface KernelExports {
  setInput(at: number): void;
  csvSetup(
    columns: number,
    targets: number,
    wanted: number,
    fields: number,
    delimiter: number,
    quote: number,
    jobs: number,
    index: number,
  ): void;
  csvDecode(from: number, to: number, row: number, limit: number): number;
  readonly csvRow: WebAssembly.Global;
  readonly csvAt: WebAssembly.Global;
  jsonSetup(columns: number, count: number): void;
  jsonTemplate(pieces: number, count: number, absent: number, absentCount: number): void;
  jsonDecode(from: number, to: number, row: number, limit: number): number;
  readonly jsonRow: WebAssembly.Global;
  readonly jsonAt: WebAssembly.Global;
  readonly jsonMisses: WebAssembly.Global;
  intern(column: number, from: number, to: number, ids: number, table: number): number;
  rehash(table: number): void;
}

let compiled: WebAssembly.Module | null | undefined;

/** The compiled kernels; null where WebAssembly with vectors is missing or forbidden. Compiled on first use. */
export function kernelModule(): WebAssembly.Module | null {
  if (compiled === undefined) compiled = compile();
  return compiled;
}

function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(KERNELS_BASE64), (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** The exports of a module, with a memory of its own. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  // The module is the one that the sources beside this file give; a test compiles them again.
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}
