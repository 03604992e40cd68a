#!/usr/bin/env node
import { processTerminal } from './terminal.node.ts';
import { velo } from './velo.node.ts';

process.exitCode = await velo(process.argv.slice(2), processTerminal());
