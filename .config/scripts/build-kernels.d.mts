export declare function compileKernels(): Promise<Uint8Array>;
export declare function generatedSource(binary: Uint8Array): string;
