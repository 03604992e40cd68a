import type { RecordKernel } from '../decode/record-kernel.ts';
import { wasmKernel } from '../kernels/wasm-kernel.ts';
import { COLUMN_BYTES, KEY, KEY_HEAD, KEY_LENGTH, type WasmMemory } from '../kernels/wasm-memory.ts';
import type { JsonlKernelPlan } from './jsonl-kernel-plan.ts';
import { learnTemplate, type Template } from './learn-template.ts';

/** Room for one template; a longer one is not used. */
const TEMPLATE_BYTES = 32 * 1024;
const PIECE_BYTES = 24;
/** Room for the index of a block, as `jsonl.as.ts` lays it out: three lists of places. */
const INDEX_BYTES = 3 * (8192 + 64) * 4;
const QUOTE = 0x22;
/** So often a template may turn out to be the wrong one before none is used. */
const TRIES_MAX = 8;

/** The JSON-lines fast path in WebAssembly, with a learned template for records that look alike. */
export function jsonlWasmKernel(module: WebAssembly.Module, plan: JsonlKernelPlan, rows: number, inputBytes: number): RecordKernel {
  return wasmKernel(module, plan.columns, { rows, inputBytes }, (memory) => {
    const { exports } = memory;
    writeKeys(memory, plan.keys);
    exports.jsonSetup(memory.columnsAt, plan.keys.length, memory.allocate(INDEX_BYTES));
    exports.jsonTemplate(0, 0, 0, 0, 0);
    const room = memory.allocate(TEMPLATE_BYTES);
    let tries = 0;
    let isLearning = true;
    let decoded = 0;
    return {
      decode(from, to, row, limit) {
        if (isLearning && row < limit) {
          const template = learnTemplate(memory.bytes, from, plan.keys);
          if (template !== null) writeTemplate(memory, room, template, plan.keys.length);
          isLearning = false;
          tries++;
          decoded = 0;
        }
        const stop = exports.jsonDecode(from, to, row, limit);
        decoded += (exports.jsonRow.value as number) - row;
        isLearning = tries < TRIES_MAX && (exports.jsonMisses.value as number) > 16 + decoded / 4;
        return stop;
      },
      row: () => exports.jsonRow.value as number,
      at: () => exports.jsonAt.value as number,
    };
  });
}

function writeKeys(memory: WasmMemory, keys: readonly Uint8Array[]): void {
  keys.forEach((key, c) => {
    const at = memory.allocate(key.length + 16);
    const column = memory.columnsAt + c * COLUMN_BYTES;
    memory.bytes.set(key, at);
    memory.words[(column + KEY) / 4] = at;
    memory.words[(column + KEY_LENGTH) / 4] = key.length;
    memory.bytes.fill(0, column + KEY_HEAD, column + KEY_HEAD + 8);
    memory.bytes.set(key.subarray(0, 8), column + KEY_HEAD);
  });
}

function writeTemplate(memory: WasmMemory, room: number, template: Template, columns: number): void {
  const { pieces, targets, strings } = template;
  const absent = Array.from({ length: columns }, (_, c) => c).filter((c) => !targets.includes(c));
  const absentAt = room + pieces.length * PIECE_BYTES;
  let bytesAt = (absentAt + absent.length * 4 + 15) & ~15;
  const size = pieces.reduce((sum, piece) => sum + ((piece.length + 31) & ~15), bytesAt - room);
  if (size > TEMPLATE_BYTES) return;
  let quotes = 0;
  pieces.forEach((piece, i) => {
    const entry = [targets[i] ?? -1, piece.length, bytesAt, quotes, piece.indexOf(QUOTE), strings[i] === true ? 1 : 0];
    memory.words.set(entry, (room + i * PIECE_BYTES) / 4);
    quotes += piece.filter((byte) => byte === QUOTE).length + (strings[i] === true ? 2 : 0);
    memory.bytes.set(piece, bytesAt);
    bytesAt += (piece.length + 31) & ~15;
  });
  memory.words.set(absent, absentAt / 4);
  // quotes inside of an array or object may be any number
  const isTold = strings.every((isString) => isString !== undefined);
  memory.exports.jsonTemplate(room, pieces.length, absentAt, absent.length, isTold ? quotes : 0);
}
