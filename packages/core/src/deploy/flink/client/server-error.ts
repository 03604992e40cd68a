/** Where an error is in the statement that was sent; counted from 1 as Flink's parser does, the end included. */
export interface PrintedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const WRAPPERS =
  /^(Internal server error\.?|<Exception on server side:|End of exception on server side>|Failed to (fetchResults|execute|parse)|SQL validation failed|SQL parse failed|Could not execute|Failed to execute the operation)/i;

/**
 * What went wrong, out of the stack traces of an error answer: the message of the innermost cause. Flink nests it under several that say
 * no more than that something failed.
 */
export function causeOf(errors: readonly string[]): string {
  const messages = errors.flatMap((error) => messagesOf(error));
  const innermost = messages.findLast((message) => message !== '' && !WRAPPERS.test(message));
  return (innermost ?? messages.find((message) => message !== '') ?? '').trim();
}

/** The messages of a trace, the outermost first. Each goes from its exception's name to the first line of its stack. */
function messagesOf(trace: string): string[] {
  const found: string[] = [];
  let current: string[] | undefined;
  let isAside = false;
  for (const line of trace.split('\n')) {
    // What failed while the failure was cleaned up is indented, with all that belongs to it.
    if (/^\s+(Suppressed|Caused by): /.test(line)) isAside = true;
    else if (/^\S/.test(line)) isAside = false;
    if (isAside) continue;
    const start = /^(?:Caused by: )?[\w$.]+(?:Exception|Error|Throwable)\b(?:: ?(.*))?$/.exec(line.trim());
    if (start !== null) {
      if (current !== undefined) found.push(current.join('\n').trim());
      current = [withoutClasses(start[1] ?? '')];
    } else if (/^\s*(at |\.\.\. \d+ more)/.test(line)) {
      if (current !== undefined) found.push(current.join('\n').trim());
      current = undefined;
    } else if (current !== undefined) current.push(line);
    else if (!line.startsWith('<') && !line.startsWith('End of exception') && line.trim() !== '') found.push(line.trim());
  }
  if (current !== undefined) found.push(current.join('\n').trim());
  return found;
}

const withoutClasses = (message: string): string => message.replace(/^(?:[\w$.]+(?:Exception|Error): ?)+/, '');

/** `From line 1, column 8 to line 1, column 13` and `at line 2, column 5`, as Flink's validator and parser write places. */
export function placeOf(errors: readonly string[]): PrintedPlace | undefined {
  const text = errors.join('\n');
  const range = /From line (\d+), column (\d+) to line (\d+), column (\d+)/.exec(text);
  if (range !== null) {
    const [line, column, endLine, endColumn] = range.slice(1).map(Number) as [number, number, number, number];
    return { line, column, endLine, endColumn };
  }
  const point = /[Aa]t line (\d+), column (\d+)/.exec(text);
  if (point === null) return undefined;
  const [line, column] = point.slice(1).map(Number) as [number, number];
  return { line, column, endLine: line, endColumn: column };
}
