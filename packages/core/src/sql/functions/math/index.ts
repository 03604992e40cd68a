import type { ScalarFunction } from '../define.ts';
import { abs } from './abs.ts';
import { ceil } from './ceil.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { greatest } from './greatest.ts';
import { least } from './least.ts';
import { ln } from './ln.ts';
import { log } from './log.ts';
import { log10 } from './log10.ts';
import { mod } from './mod.ts';
import { pi } from './pi.ts';
import { power } from './power.ts';
import { random } from './random.ts';
import { round } from './round.ts';
import { sign } from './sign.ts';
import { sqrt } from './sqrt.ts';
import { trunc } from './trunc.ts';

export const mathFunctions: readonly ScalarFunction[] = [
  abs,
  ceil,
  exp,
  floor,
  greatest,
  least,
  ln,
  log,
  log10,
  mod,
  pi,
  power,
  random,
  round,
  sign,
  sqrt,
  trunc,
];
