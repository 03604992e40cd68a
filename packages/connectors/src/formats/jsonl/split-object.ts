import { JSON_DEPTH_MAX } from '@velostream/core/connect/formats';

/** One member of an object: its key as text, and where its value stands in the text. */
export interface Member {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;

/** Why text is no JSON object. */
export class JsonProblem extends Error {}

const matchEnd = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};
/** End of a string, or -1. A loop, since patterns with repeated choices need memory for each character. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let at = start + 1; at < text.length; ) {
    const c = text.charCodeAt(at);
    if (c === 0x22) return at + 1;
    if (c < 0x20) return -1;
    at = c === 0x5c ? matchEnd(ESCAPE, text, at) : at + 1;
    if (at < 0) return -1;
  }
  return -1;
}

const skipSpace = (text: string, at: number): number => matchEnd(SPACE, text, at);

/**
 * Members of the JSON object that `text` holds, in order, duplicates included; strict as RFC 8259, and no deeper than 256.
 * Values are only located: the reader of each column takes its digits as they are written.
 *
 * @throws {JsonProblem} Anything else than one object.
 */
export function splitObject(text: string): Member[] {
  let at = skipSpace(text, 0);
  if (text[at] !== '{') throw new JsonProblem(at >= text.length ? 'it is empty' : 'it does not start with "{"');
  const members: Member[] = [];
  at = skipSpace(text, at + 1);
  if (text[at] === '}') at++;
  else {
    for (;;) {
      const keyEnd = stringEnd(text, at);
      if (keyEnd < 0) throw problemAt(text, at, 'a key');
      const key = JSON.parse(text.slice(at, keyEnd)) as string;
      at = skipSpace(text, keyEnd);
      if (text[at] !== ':') throw problemAt(text, at, '":"');
      const start = skipSpace(text, at + 1);
      const end = valueEnd(text, start);
      members.push({ key, start, end });
      at = skipSpace(text, end);
      const c = text[at++];
      if (c === '}') break;
      if (c !== ',') throw problemAt(text, at - 1, '"," or "}"');
      at = skipSpace(text, at);
    }
  }
  if (skipSpace(text, at) !== text.length) throw problemAt(text, skipSpace(text, at), 'the end of the line');
  return members;
}

const problemAt = (text: string, at: number, wanted: string): JsonProblem =>
  new JsonProblem(at >= text.length ? `it ends where ${wanted} is expected` : `${wanted} is expected at character ${at + 1}`);

/** Where the value that starts at `at` ends. Collections are walked with a list instead of the stack. */
function valueEnd(text: string, start: number): number {
  const closers: string[] = [];
  let at = start;
  for (;;) {
    at = openers(text, at, closers);
    // A value has ended here; close what ends with it.
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) return at;
      at = skipSpace(text, at);
      const c = text[at++];
      if (c === ',') {
        at = skipSpace(text, at);
        if (closer === '}') at = afterKey(text, at);
        break;
      }
      if (c !== closer) throw problemAt(text, at - 1, `"," or "${closer}"`);
      closers.pop();
    }
  }
}

/** Reads `[` and `{` up to the first scalar or empty collection, and that too. */
function openers(text: string, start: number, closers: string[]): number {
  let at = start;
  for (;;) {
    const c = text[at];
    if (c !== '{' && c !== '[') return scalarEnd(text, at);
    const closer = c === '{' ? '}' : ']';
    at = skipSpace(text, at + 1);
    if (text[at] === closer) return at + 1;
    closers.push(closer);
    if (closers.length > JSON_DEPTH_MAX) throw new JsonProblem(`it is nested deeper than ${JSON_DEPTH_MAX}`);
    if (closer === '}') at = afterKey(text, at);
  }
}

function afterKey(text: string, start: number): number {
  const end = stringEnd(text, start);
  if (end < 0) throw problemAt(text, start, 'a key');
  const colon = skipSpace(text, end);
  if (text[colon] !== ':') throw problemAt(text, colon, '":"');
  return skipSpace(text, colon + 1);
}

function scalarEnd(text: string, at: number): number {
  const c = text[at];
  const end = c === '"' ? stringEnd(text, at) : matchEnd(c === 't' || c === 'f' || c === 'n' ? WORD : NUMBER, text, at);
  if (end < 0) throw problemAt(text, at, 'a value');
  return end;
}
