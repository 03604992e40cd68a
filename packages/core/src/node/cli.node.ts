#!/usr/bin/env node
import { processTerminal } from './terminal.node.ts';

/** The oldest Node that has all that commands need; the same stands under "engines" of the package. */
const NEEDED = [22, 15] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(`velo needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}\nhint: https://nodejs.org has it\n`);
  process.exitCode = 2;
} else {
  // Not before the check: an older Node may lack what these files import.
  const { velo } = await import('./velo.node.ts');
  process.exitCode = await velo(process.argv.slice(2), processTerminal());
}
