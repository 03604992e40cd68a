/** A step of a LIKE pattern: a run of plain text, one character of any kind, or any run. */
type Step = string | typeof ONE | typeof RUN;
const ONE = 1;
const RUN = 2;

function stepsOf(pattern: string, escapeWith: string | null): Step[] {
  const steps: Step[] = [];
  const points = [...pattern];
  let plain = '';
  const flush = () => {
    if (plain !== '') steps.push(plain);
    plain = '';
  };
  for (let i = 0; i < points.length; i++) {
    const point = points[i] as string;
    if (point === escapeWith && i + 1 < points.length) plain += points[++i];
    else if (point === '%' || point === '_') {
      flush();
      if (point === '_' || steps.at(-1) !== RUN) steps.push(point === '%' ? RUN : ONE);
    } else plain += point;
  }
  flush();
  return steps;
}

/**
 * Matcher of LIKE: `%` is any run, `_` one character (a code point), anchored at both ends, newlines included.
 * No regular expression: O(pattern) memory and, for patterns without `_` behind `%`, one search per piece.
 */
export function compileLike(pattern: string, escapeWith: string | null, ignoreCase: boolean): (text: string) => boolean {
  const steps = stepsOf(ignoreCase ? pattern.toLowerCase() : pattern, escapeWith);
  const matches = simple(steps) ?? ((text: string) => matchSteps(steps, text));
  return ignoreCase ? (text) => matches(text.toLowerCase()) : matches;
}

/** The patterns people write: `x`, `x%`, `%x`, `%x%`. */
function simple(steps: readonly Step[]): ((text: string) => boolean) | undefined {
  const [a, b, c] = steps;
  if (steps.length === 0) return (text) => text === '';
  if (steps.length === 1) return typeof a === 'string' ? (text) => text === a : a === RUN ? () => true : undefined;
  if (steps.length === 2 && typeof a === 'string' && b === RUN) return (text) => text.startsWith(a);
  if (steps.length === 2 && a === RUN && typeof b === 'string') return (text) => text.endsWith(b);
  if (steps.length === 3 && a === RUN && typeof b === 'string' && c === RUN) return (text) => text.includes(b);
  return undefined;
}

/** Where a step that is no run ends when it matches at `at`; -1 when it does not. */
function after(step: Step, text: string, at: number): number {
  if (typeof step === 'string') return text.startsWith(step, at) ? at + step.length : -1;
  if (at >= text.length) return -1;
  return at + ((text.codePointAt(at) as number) > 0xffff ? 2 : 1);
}

/** Greedy with one point of return: only the last `%` can need another try, so the time is at most pattern × text. */
function matchSteps(steps: readonly Step[], text: string): boolean {
  let s = 0;
  let at = 0;
  let retryStep = -1;
  let retryAt = 0;
  for (;;) {
    if (s < steps.length && steps[s] === RUN) {
      retryStep = ++s;
      retryAt = at;
      if (s === steps.length) return true;
      continue;
    }
    const end = s < steps.length ? after(steps[s] as Step, text, at) : -1;
    if (end >= 0) {
      at = end;
      s++;
    } else {
      if (s === steps.length && at === text.length) return true;
      if (retryStep < 0 || retryAt >= text.length) return false;
      // Jump to the next place where the text behind the `%` can begin.
      const piece = steps[retryStep];
      const next = after(ONE, text, retryAt);
      retryAt = typeof piece === 'string' ? text.indexOf(piece, next) : next;
      if (retryAt < 0) return false;
      at = retryAt;
      s = retryStep;
    }
  }
}
