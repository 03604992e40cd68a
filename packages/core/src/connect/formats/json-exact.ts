/** Nested deeper than this, JSON text is refused before anything recurses into it. */
export const JSON_DEPTH_MAX = 256;

/** Sixteen digits in a row may be an integer that a double cannot hold. */
const LONG_NUMBER = /\d{16}/;

/**
 * `JSON.parse` with two differences: integers beyond 2^53 come as `bigint` with all their digits, and text nested deeper
 * than 256 throws instead of exhausting the stack of whoever walks the result.
 */
export function parseJsonExact(text: string): unknown {
  if (depthOf(text) > JSON_DEPTH_MAX) throw new SyntaxError(`nested deeper than ${JSON_DEPTH_MAX}`);
  return LONG_NUMBER.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
}

/** The third argument is ES2026; an engine that lacks it gives the nearest double. */
function exactInteger(this: unknown, _key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context?.source === undefined) return value;
  return /^-?\d+$/.test(context.source) ? BigInt(context.source) : value;
}

/** Deepest bracket outside of strings; an upper bound for malformed text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}
