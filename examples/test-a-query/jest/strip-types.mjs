import { transformSync } from 'esbuild';

/** Takes the types out, so that jest reads TypeScript. */
export default {
  process: (source, path) =>
    transformSync(source, { loader: 'ts', format: 'esm', target: 'node22', sourcemap: 'inline', sourcefile: path }),
};
