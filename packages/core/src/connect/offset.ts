export type Json = null | boolean | number | string | readonly Json[] | { readonly [k: string]: Json };

/** A position in a source. Opaque to the engine: stored in checkpoints and handed back to `read` unchanged. */
export type Offset = Json;
