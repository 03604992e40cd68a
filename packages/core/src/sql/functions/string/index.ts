import type { ScalarFunction } from '../define.ts';
import { byteLength } from './byte-length.ts';
import { concat } from './concat.ts';
import { concatWs } from './concat-ws.ts';
import { initcap } from './initcap.ts';
import { instr } from './instr.ts';
import { join } from './join.ts';
import { left } from './left.ts';
import { length } from './length.ts';
import { lower } from './lower.ts';
import { lpad } from './lpad.ts';
import { ltrim } from './ltrim.ts';
import { position } from './position.ts';
import { regexp } from './regexp.ts';
import { regexpExtract } from './regexp-extract.ts';
import { regexpReplace } from './regexp-replace.ts';
import { replace } from './replace.ts';
import { reverse } from './reverse.ts';
import { right } from './right.ts';
import { rpad } from './rpad.ts';
import { rtrim } from './rtrim.ts';
import { split } from './split.ts';
import { splitPart } from './split-part.ts';
import { substring } from './substring.ts';
import { trim } from './trim.ts';
import { upper } from './upper.ts';

export const stringFunctions: readonly ScalarFunction[] = [
  byteLength,
  concat,
  concatWs,
  initcap,
  instr,
  join,
  left,
  length,
  lower,
  lpad,
  ltrim,
  position,
  regexp,
  regexpExtract,
  regexpReplace,
  replace,
  reverse,
  right,
  rpad,
  rtrim,
  split,
  splitPart,
  substring,
  trim,
  upper,
];
