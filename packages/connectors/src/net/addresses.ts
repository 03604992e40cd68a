import { isIP } from 'node:net';

/** What kind of network an address belongs to. Only `public` ones are meant to be reached from everywhere. */
export type AddressKind = 'public' | 'loopback' | 'link-local' | 'private' | 'reserved';

/** Bytes of an address, 4 or 16; undefined when the text is none. */
export function addressBytes(text: string): readonly number[] | undefined {
  const plain = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 4) return plain.split('.').map(Number);
  return version === 6 ? bytesOfV6(plain) : undefined;
}

function bytesOfV6(text: string): readonly number[] {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const tail = dotted ? (dotted[2] as string).split('.').map(Number) : [];
  const words = (part: string): number[] =>
    part === ''
      ? []
      : part.split(':').flatMap((word) => {
          const value = Number.parseInt(word, 16);
          return [value >> 8, value & 255];
        });
  const [before = '', after] = (dotted ? (dotted[1] as string).replace(/([^:]):$/, '$1') : text).split('::');
  const head = words(before);
  const end = [...(after === undefined ? [] : words(after)), ...tail];
  return [...head, ...new Array<number>(Math.max(0, 16 - head.length - end.length)).fill(0), ...end];
}

/** Ranges that are not for the public, most special first. */
const V4: readonly (readonly [string, number, AddressKind])[] = [
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  // Alibaba and Oracle keep instance metadata there.
  ['100.100.100.200', 32, 'link-local'],
  ['192.0.0.192', 32, 'link-local'],
  ['10.0.0.0', 8, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.168.0.0', 16, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['0.0.0.0', 8, 'reserved'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 4, 'reserved'],
  ['240.0.0.0', 4, 'reserved'],
];

const V6: readonly (readonly [string, number, AddressKind])[] = [
  ['::1', 128, 'loopback'],
  ['::', 128, 'reserved'],
  ['fe80::', 10, 'link-local'],
  // The metadata service of AWS over IPv6.
  ['fd00:ec2::254', 128, 'link-local'],
  ['fc00::', 7, 'private'],
  ['fec0::', 10, 'private'],
  ['2001:db8::', 32, 'reserved'],
  ['ff00::', 8, 'reserved'],
];

/** Whether `bytes` begins with the first `bits` bits of `range`. */
export function isWithinRange(bytes: readonly number[], range: readonly number[], bits: number): boolean {
  if (bytes.length !== range.length) return false;
  for (let at = 0; at < bytes.length && at * 8 < bits; at++) {
    const mask = bits - at * 8 >= 8 ? 255 : (255 << (8 - (bits - at * 8))) & 255;
    if (((bytes[at] as number) & mask) !== ((range[at] as number) & mask)) return false;
  }
  return true;
}

const kindIn = (bytes: readonly number[], table: typeof V4): AddressKind =>
  table.find(([range, bits]) => isWithinRange(bytes, addressBytes(range) ?? [], bits))?.[2] ?? 'public';

/** An IPv4 address that an IPv6 one carries: mapped, compatible, NAT64, 6to4. */
function carriedV4(bytes: readonly number[]): readonly number[] | undefined {
  const starts = (...prefix: readonly number[]): boolean => prefix.every((byte, i) => bytes[i] === byte);
  const zeros = (from: number, to: number): boolean => bytes.slice(from, to).every((byte) => byte === 0);
  if (zeros(0, 10) && bytes[10] === 255 && bytes[11] === 255) return bytes.slice(12);
  if (zeros(0, 12) && !zeros(12, 15)) return bytes.slice(12);
  if (starts(0, 0x64, 0xff, 0x9b) && zeros(4, 12)) return bytes.slice(12);
  if (starts(0x20, 0x02)) return bytes.slice(2, 6);
  return undefined;
}

export function kindOfAddress(bytes: readonly number[]): AddressKind {
  if (bytes.length === 4) return kindIn(bytes, V4);
  const inner = carriedV4(bytes);
  return inner === undefined ? kindIn(bytes, V6) : kindIn(inner, V4);
}

/** Both forms of one address are the same address: `::ffff:10.0.0.1` is `10.0.0.1`. */
export function sameForm(bytes: readonly number[]): readonly number[] {
  return bytes.length === 16 ? (carriedV4(bytes) ?? bytes) : bytes;
}
