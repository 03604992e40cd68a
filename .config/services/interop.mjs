// Other implementations of file formats, for tests that compare with them: a Python with PyArrow, polars, fastavro, pyorc and DuckDB,
// and Java's ORC tools where there is Java. Nothing of it stays running.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf } from './lib/maven.mjs';
import { hasProgram, runProgram } from './lib/run-program.mjs';

const PACKAGES = [
  'pyarrow==26.0.1',
  'polars==2.1.0',
  'fastavro==1.13.1',
  'pyorc==0.12.0',
  'duckdb==2.0.1',
  'cramjam==2.14.0',
  'zstandard==0.25.0',
  'backports.zstd==1.8.0',
  'tzdata==2026.6',
];
const MODULES = 'import pyarrow, polars, fastavro, pyorc, duckdb, cramjam';
const ORC_TOOLS = 'org.apache.orc:orc-tools:1.9.5:jar:uber';

async function python(dir, log) {
  const venv = join(dir, 'venv');
  const program = join(venv, 'bin/python');
  if (
    existsSync(program) &&
    (await runProgram(program, ['-c', MODULES]).then(
      () => true,
      () => false,
    ))
  )
    return program;
  if (!(await hasProgram('python3', ['-m', 'venv', '--help'])))
    throw new Error('python3 with venv is not installed (Debian: apt-get install python3-venv)');
  log(`installing ${PACKAGES.join(', ')} with pip`);
  const work = `${venv}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  await runProgram('python3', ['-m', 'venv', work]);
  await runProgram(join(work, 'bin/python'), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...PACKAGES], {
    timeoutMs: 900_000,
  });
  rmSync(venv, { recursive: true, force: true });
  renameSync(work, venv);
  await runProgram(program, ['-c', MODULES]);
  return program;
}

/** Java's tools are a second writer of ORC; without Java there is one less. */
async function orcTools(dir, log) {
  try {
    if (!(await hasProgram('java', ['-version']))) throw new Error('Java is not installed');
    return { VELO_INTEROP_ORC_TOOLS: await fileOf(ORC_TOOLS, { folder: dir, log }) };
  } catch (error) {
    log(`without Java's ORC tools: ${error.message}`);
    return {};
  }
}

export const service = {
  name: 'interop',
  env: 'VELO_INTEROP_PYTHON',
  async start({ dir, log }) {
    return { env: { VELO_INTEROP_PYTHON: await python(dir, log), ...(await orcTools(dir, log)) }, pids: [] };
  },
  healthy: (env) => runProgram(env.VELO_INTEROP_PYTHON, ['-c', MODULES]).then(() => true),
};
