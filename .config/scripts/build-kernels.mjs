// Compiles the decode kernels from AssemblyScript to WebAssembly and writes them, as text, into a generated source file.
//
//   node .config/scripts/build-kernels.mjs           write
//   node .config/scripts/build-kernels.mjs --check   fail when the committed file is not what the sources give
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(root, 'packages/connectors/src/formats/kernels');
const target = join(folder, 'kernels.generated.ts');
const BYTES_MAX = 20 * 1024;

/** Imports carry their extension, as everywhere in the repository; the compiler wants them without. */
function readSource(name, base) {
  try {
    return readFileSync(join(base, name), 'utf8').replaceAll(".as.ts';", ".as';");
  } catch {
    return null;
  }
}

/** The compiled module. The same sources give the same bytes. */
export async function compileKernels() {
  const { default: asc } = await import('assemblyscript/asc');
  let binary = null;
  const { error, stderr } = await asc.main(
    [
      'kernels.as.ts',
      '--baseDir',
      folder,
      '-O3',

      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--importMemory',
      '--noAssert',
      '-o',
      'kernels.wasm',
    ],
    {
      readFile: readSource,
      writeFile(name, contents) {
        if (name === 'kernels.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || binary === null) throw new Error(`the kernels do not compile\n${stderr.toString()}`);
  if (binary.length > BYTES_MAX) throw new Error(`the kernels have ${binary.length} bytes, at most ${BYTES_MAX} are allowed`);
  return binary;
}

/** Text of the generated file. */
export function generatedSource(binary) {
  const text = Buffer.from(binary).toString('base64');
  return `/** The compiled kernels (${binary.length} bytes), written by .config/scripts/build-kernels.mjs. */\nexport const KERNELS_BASE64 =\n  '${text}';\n`;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const source = generatedSource(await compileKernels());
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== source) {
      process.stderr.write('error: kernels.generated.ts is not up to date; run node .config/scripts/build-kernels.mjs\n');
      process.exitCode = 1;
    }
  } else writeFileSync(target, source);
}
