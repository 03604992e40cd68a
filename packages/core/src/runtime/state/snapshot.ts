import { checkpointCorrupt, checkpointMismatch, checkpointVersion } from '../../diagnostics/codes/runtime.ts';
import { checksum128 } from './checksum.ts';

/** `VELOSNAP`. */
const MAGIC = [0x56, 0x45, 0x4c, 0x4f, 0x53, 0x4e, 0x41, 0x50] as const;
/** Grows when the form changes so that older releases cannot read it. */
export const SNAPSHOT_VERSION = 1;
const HEADER_BYTES = 40;

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/**
 * A state as bytes that can be stored: magic, version, lengths, checksum, the fingerprint of the plan it belongs to, the state.
 * Little-endian. `openSnapshot` takes it apart again.
 */
export function sealSnapshot(fingerprint: string, state: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode(fingerprint);
  const sealed = new Uint8Array(HEADER_BYTES + padded(name.length) + state.length);
  const view = new DataView(sealed.buffer);
  sealed.set(MAGIC);
  view.setUint32(8, SNAPSHOT_VERSION, true);
  view.setUint32(12, name.length, true);
  view.setUint32(16, state.length % 2 ** 32, true);
  view.setUint32(20, Math.floor(state.length / 2 ** 32), true);
  sealed.set(name, HEADER_BYTES);
  sealed.set(state, HEADER_BYTES + padded(name.length));
  const sum = checksum128(sealed.subarray(HEADER_BYTES), name.length);
  for (let i = 0; i < 4; i++) view.setInt32(24 + i * 4, sum[i] as number, true);
  return sealed;
}

/**
 * The state inside sealed bytes. Verified first: `checkpoint-corrupt` for damage of any kind, `checkpoint-version` for another
 * format, `checkpoint-mismatch` for another plan. Only then is anything of it used.
 */
export function openSnapshot(sealed: Uint8Array, fingerprint: string): Uint8Array {
  if (sealed.length < HEADER_BYTES || MAGIC.some((byte, i) => sealed[i] !== byte)) throw checkpointCorrupt('it does not begin like one');
  const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const version = view.getUint32(8, true);
  if (version !== SNAPSHOT_VERSION) throw checkpointVersion(version, SNAPSHOT_VERSION);
  const nameLength = view.getUint32(12, true);
  const stateLength = view.getUint32(16, true) + view.getUint32(20, true) * 2 ** 32;
  const start = HEADER_BYTES + padded(nameLength);
  if (start + stateLength !== sealed.length)
    throw checkpointCorrupt(`${start + stateLength} bytes are expected, ${sealed.length} are there`);
  const sum = checksum128(sealed.subarray(HEADER_BYTES), nameLength);
  for (let i = 0; i < 4; i++) if (view.getInt32(24 + i * 4, true) !== sum[i]) throw checkpointCorrupt('its checksum does not match');
  const found = new TextDecoder().decode(sealed.subarray(HEADER_BYTES, HEADER_BYTES + nameLength));
  if (found !== fingerprint) throw checkpointMismatch(shortened(fingerprint), shortened(found));
  return sealed.subarray(start);
}

const SHOWN = 80;
const shortened = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
