/** Strict UTF-8 to text; bytes that are not UTF-8 give undefined. A byte-order mark inside is text like any other. */
export interface Utf8 {
  read(bytes: Uint8Array, start: number, end: number): string | undefined;
}

/** Up to this length a loop beats the call of the decoder. */
const SHORT = 24;

export function createUtf8(): Utf8 {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return {
    read(bytes, start, end) {
      if (end - start <= SHORT) {
        let text = '';
        let i = start;
        for (; i < end; i++) {
          const c = bytes[i] as number;
          if (c > 0x7f) break;
          text += String.fromCharCode(c);
        }
        if (i === end) return text;
      }
      try {
        return decoder.decode(bytes.subarray(start, end));
      } catch {
        return undefined;
      }
    },
  };
}
