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
    const out = bytes.slice();
    for (let p = 0; p < out.length; p++) {
      const c = out[p] as number;
      if (this.inString) this.within(c);
      else if (c === QUOTE) this.inString = true;
      else if (c === LINE_FEED) {
        if (this.depth > 0) out[p] = SPACE;
      } else if (c === 0x7b || c === 0x5b) {
        if (this.isStart && c === 0x5b) {
          out[p] = SPACE;
          this.hasElements = true;
        } else this.depth++;
      } else if (c === 0x7d || c === 0x5d) {
        // The bracket that closes the document has no partner any more.
        if (this.depth === 0) {
          out[p] = LINE_FEED;
          if (c === 0x5d) this.isClosed = true;
        } else this.depth--;
      } else if (c === 0x2c && this.depth === 0) {
        out[p] = LINE_FEED;
        this.hasElements = true;
      }
      if (this.isStart && c > SPACE && c < 0x80) this.isStart = false;
    }
    return out;
  }

  private within(c: number): void {
    if (c === LINE_FEED) {
      this.inString = false;
      this.isEscaped = false;
      this.depth = 0;
    } else if (this.isEscaped) this.isEscaped = false;
    else if (c === BACKSLASH) this.isEscaped = true;
    else if (c === QUOTE) this.inString = false;
  }
}
