const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Turns a JSON document into JSON lines of the same length, byte for byte, so that positions stay: the brackets of an outer array go, the
 * commas between its elements become line ends, and line ends within elements become spaces. Objects one behind the other, each on
 * its line or spread over several, come out one per line as well. A line end inside a string is no JSON: reading starts afresh there.
 */
export class Flattener {
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  /** Nothing but space has come so far, so a bracket opens the document and not an element. */
  private isStart: boolean;
  /** Whether elements of an array came, and whether its bracket closed it. */
  private hasElements = false;
  private isClosed = false;

  constructor(isStart: boolean) {
    this.isStart = isStart;
  }

  /** An array that nothing closes: the document is cut off. */
  get isOpenArray(): boolean {
    return this.hasElements && !this.isClosed;
  }

  /** The bytes as lines; `bytes` itself is not changed. */
  flatten(bytes: Uint8Array): Uint8Array {
    // Not `slice`: that of a Buffer copies nothing.
    const out = new Uint8Array(bytes);
    const end = out.length;
    let { depth, isStart } = this;
    for (let p = 0; p < end; p++) {
      if (this.inString) {
        p = this.pass(out, p);
        if (this.inString) break;
        // A string that a line end broke starts everything afresh.
        if (out[p] === LINE_FEED) depth = 0;
        continue;
      }
      const c = out[p] as number;
      if (c === QUOTE) this.inString = true;
      else if (c === LINE_FEED) {
        if (depth > 0) out[p] = SPACE;
      } else if (c === 0x7b || c === 0x5b) {
        if (isStart && c === 0x5b) {
          out[p] = SPACE;
          this.hasElements = true;
        } else depth++;
      } else if (c === 0x7d || c === 0x5d) {
        // The bracket that closes the document has no partner any more.
        if (depth === 0) {
          out[p] = LINE_FEED;
          if (c === 0x5d) this.isClosed = true;
        } else depth--;
      } else if (c === 0x2c && depth === 0) {
        out[p] = LINE_FEED;
        this.hasElements = true;
      }
      if (isStart && c > SPACE && c < 0x80) isStart = false;
    }
    this.depth = depth;
    this.isStart = isStart;
    return out;
  }

  /** Goes through a string from a place within it; gives the place of the byte that ends it, or of the last one. */
  private pass(out: Uint8Array, from: number): number {
    const end = out.length;
    let p = from;
    if (this.isEscaped) {
      this.isEscaped = false;
      if (out[p] === LINE_FEED) {
        this.inString = false;
        return p;
      }
      p++;
    }
    for (; p < end; p++) {
      const c = out[p] as number;
      if (c === QUOTE || c === LINE_FEED) {
        this.inString = false;
        return p;
      }
      if (c !== BACKSLASH) continue;
      if (p + 1 === end) {
        this.isEscaped = true;
        return p;
      }
      // A line end is one whatever stands before it.
      if (out[p + 1] !== LINE_FEED) p++;
    }
    return end - 1;
  }
}
