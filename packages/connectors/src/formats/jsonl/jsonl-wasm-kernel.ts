import { Kind, type PlannedColumn, type RecordKernel } from '../decode/record-kernel.ts';
import { wasmKernel } from '../kernels/wasm-kernel.ts';
import { COLUMN_BYTES, KEY, KEY_HEAD, KEY_LENGTH, type WasmMemory } from '../kernels/wasm-memory.ts';
import type { JsonlKernelPlan } from './jsonl-kernel-plan.ts';
import { learnTemplate, type Template } from './learn-template.ts';

/** Room for one template; a longer one is not used. */
const TEMPLATE_BYTES = 32 * 1024;
const PIECE_BYTES = 32;
/** What stands behind a piece, as `jsonl.as.ts` has it. */
const Action = { takeString: 0, passString: 1, takeFloat: 2, takeInteger: 3, takeAny: 4, passAny: 5, end: 6 } as const;
const QUOTE = 0x22;
/** So often a template may turn out to be the wrong one before none is used. */
const TRIES_MAX = 8;

/** The JSON-lines fast path in WebAssembly, with a learned template for records that look alike. */
export function jsonlWasmKernel(module: WebAssembly.Module, plan: JsonlKernelPlan, rows: number, inputBytes: number): RecordKernel {
  return wasmKernel(module, plan.columns, { rows, inputBytes }, (memory) => {
    const { exports } = memory;
    writeKeys(memory, plan.keys);
    exports.jsonSetup(memory.columnsAt, plan.keys.length);
    exports.jsonTemplate(0, 0, 0, 0);
    const room = memory.allocate(TEMPLATE_BYTES);
    let tries = 0;
    let isLearning = true;
    let decoded = 0;
    return {
      decode(from, to, row, limit) {
        if (isLearning && row < limit) {
          const template = learnTemplate(memory.bytes, from, plan.keys);
          if (template !== null) writeTemplate(memory, room, template, plan.columns);
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

function writeTemplate(memory: WasmMemory, room: number, template: Template, columns: readonly PlannedColumn[]): void {
  const { pieces, targets } = template;
  const absent = columns.map((_, c) => c).filter((c) => !targets.includes(c));
  const absentAt = room + pieces.length * PIECE_BYTES;
  let bytesAt = (absentAt + absent.length * 4 + 15) & ~15;
  const size = pieces.reduce((sum, piece) => sum + spaceOf(piece), bytesAt - room);
  if (size > TEMPLATE_BYTES) return;
  const actions = pieces.map((_, i) => actionAt(template, i, columns));
  pieces.forEach((piece, i) => {
    const target = targets[i] ?? -1;
    // The quotes of strings stand around the piece, and count as its own where it is compared together with them.
    const before = isString(actions[i - 1]) ? 1 : 0;
    const length = before + piece.length + (isString(actions[i]) ? 1 : 0);
    memory.bytes.fill(QUOTE, bytesAt, bytesAt + piece.length + 2);
    memory.bytes.set(piece, bytesAt + 1);
    const column = target < 0 ? 0 : memory.columnsAt + target * COLUMN_BYTES;
    const mask = length >= 16 ? 0xffff : (1 << length) - 1;
    const entry = [target, piece.length, bytesAt + 1, actions[i] as number, column, length, bytesAt + 1 - before, mask];
    memory.words.set(entry, (room + i * PIECE_BYTES) / 4);
    bytesAt += spaceOf(piece);
  });
  memory.words.set(absent, absentAt / 4);
  memory.exports.jsonTemplate(room, pieces.length, absentAt, absent.length);
}

/** Pieces are compared 16 bytes at a time, so that many may be looked at behind the last one. */
const spaceOf = (piece: Uint8Array): number => (piece.length + 2 + 31) & ~15;

const isString = (action: number | undefined): boolean => action === Action.takeString || action === Action.passString;

function actionAt({ targets, strings }: Template, i: number, columns: readonly PlannedColumn[]): number {
  const target = targets[i];
  if (target === undefined) return Action.end;
  if (target < 0) return strings[i] === true ? Action.passString : Action.passAny;
  const { kind } = columns[target]!;
  if (strings[i] === true) return kind === Kind.text ? Action.takeString : Action.takeAny;
  if (kind === Kind.float) return Action.takeFloat;
  return kind === Kind.integer ? Action.takeInteger : Action.takeAny;
}
