/** `pii` and `secret` in a comment of a column, written as `@pii` or `[pii]`, and other tags in the same manner. */
export const tagsOf = (comment: string | undefined): readonly string[] =>
  comment === undefined ? [] : [...comment.matchAll(/(?:@|\[)([a-z][a-z0-9_-]*)\]?/gi)].map((match) => (match[1] as string).toLowerCase());

/** Whether a name is wanted: by a glob (`sales.*`), or as a part of the name; all without a filter. */
export function wantsName(filter: string | undefined): (name: string) => boolean {
  if (filter === undefined || filter === '') return () => true;
  const wanted = filter.toLowerCase();
  if (!/[*?]/.test(wanted)) return (name) => name.toLowerCase().includes(wanted);
  return (name) => matchesGlob(wanted, name.toLowerCase());
}

/** `*` stands for any characters, `?` for one. Linear in time: goes back to the last star alone. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let star = -1;
  let mark = 0;
  for (let t = 0; t < text.length; ) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t]) && pattern[p] !== '*') {
      p++;
      t++;
    } else if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
