/** An integer with its sign, large end first: in as few bytes as it needs, or in `size` of them where that is not 0. */
export function bigEndianBytes(value: bigint, size: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (!(rest === 0n && bytes.at(-1)! < 128) && !(rest === -1n && bytes.at(-1)! >= 128));
  while (bytes.length < size) bytes.push(value < 0n ? 255 : 0);
  return Uint8Array.from(bytes.reverse());
}
