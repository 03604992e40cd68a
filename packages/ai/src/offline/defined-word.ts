/** How a question says what it means by a word. */
const MARK =
  /\s*[,;:(–-]*\s*(?:\b(?:i\.? ?e\.?|that is(?: to say)?|that means|which means|meaning|namely|in other words|defined as|by (?:which|that|this) (?:i|we) mean|(?:i|we) mean)(?![a-z])|[,(](?=\s*(?:over|above|under|below|more|less|fewer|at least|at most|[a-z]{3,}ing)\b))[,:]?\s*/i;

const ONE = /\b(?:an?|one) ([a-z]+) (?:or|and) (more|over|above|less|under|below|longer|higher|lower)\b/i;

/**
 * `suspicious transfers, meaning the flagged ones`, `long calls (over 30 minutes)`: what is meant by a word, in its place. `question` is what was
 * asked about that word.
 */
export function definedWord(prompt: string, question: string): string | undefined {
  const word = /"([\w-]+)"/.exec(question)?.[1];
  const found = word === undefined ? null : new RegExp(String.raw`^(.*?)\b${word}\s+([\w-]+(?: [\w-]+)?)(?=\W)(.*)$`, 'i').exec(prompt);
  const rest = found?.[3] ?? '';
  const mark = MARK.exec(rest);
  if (!found || !mark || mark.index > 0) return undefined;
  const [, before = '', noun = ''] = found;
  const meant = rest
    .slice(mark[0].length)
    .replace(/[).!?\s]+$/, '')
    .replace(ONE, '1 $1 or $2');
  const ones = /^(?:the |those |that |these )?(?:ones? )?([a-z-]+) (?:ones?|those)$/i.exec(meant)?.[1];
  if (ones !== undefined) return `${before}${ones} ${noun}`;
  const bare = meant
    .replace(/^(?:those|these|the ones?|anything|everything|all|any) /i, '')
    .replace(/^(?:which|that|who) (?:are|is|were|was) /i, '');
  return `${before}${noun} ${/^\d/.test(bare) ? 'of ' : ''}${bare}`;
}
