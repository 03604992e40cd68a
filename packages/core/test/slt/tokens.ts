/** One cell of a row in a file: its text, and whether it was quoted (`'5'` is text, `5` is a number, `NULL` is NULL). */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** Cells of a line: parted by white space; quotes hold spaces, doubled quotes one quote; JSON in brackets is one cell; ` #` begins a comment. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const c = line[at] as string;
    if (c === ' ' || c === '\t') at++;
    else if (c === '#' && (at === 0 || /\s/.test(line[at - 1] as string))) break;
    else if (c === "'") {
      const end = endOfQuoted(line, at);
      tokens.push({
        text: line
          .slice(at + 1, end)
          .replaceAll("''", "'")
          .replaceAll('\\n', '\n'),
        quoted: true,
      });
      at = end + 1;
    } else {
      const end = c in CLOSING || /^_\w+=[[{]/.test(line.slice(at)) ? endOfJson(line, at) : endOfWord(line, at);
      tokens.push({ text: line.slice(at, end), quoted: false });
      at = end;
    }
  }
  return tokens;
}

function endOfQuoted(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] !== "'") continue;
    if (line[at + 1] !== "'") return at;
    at++;
  }
  throw new Error(`a quote is not closed: ${line}`);
}

const endOfWord = (line: string, from: number): number => {
  const length = line.slice(from).search(/\s/);
  return length < 0 ? line.length : from + length;
};

function endOfJson(line: string, from: number): number {
  let depth = 0;
  let inText = false;
  for (let at = from; at < line.length; at++) {
    const c = line[at] as string;
    if (inText && c === '\\') at++;
    else if (c === '"') inText = !inText;
    else if (inText) continue;
    else if (c in CLOSING) depth++;
    else if ((c === ']' || c === '}') && --depth === 0) return at + 1;
  }
  throw new Error(`a bracket is not closed: ${line}`);
}

const BARE = /^[A-Za-z_][A-Za-z0-9_.:/|-]*$/;
const WORDS = new Set(['NULL', 'true', 'false', 'NaN', 'Infinity', '+', '-', '~']);

/** A cell as a file shows it. */
export const tokenText = ({ text, quoted }: Token): string =>
  quoted && (!BARE.test(text) || WORDS.has(text)) ? `'${text.replaceAll("'", "''").replaceAll('\n', '\\n')}'` : text;
