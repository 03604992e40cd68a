/** Linear LIKE matcher over code points: `%` any run, `_` one character, anchored at both ends, newlines included. */
export function compileLike(pattern: string, escape: string | null, ignoreCase: boolean): (text: string) => boolean {
  const wanted: (string | typeof ANY_RUN | typeof ANY_ONE)[] = [];
  const points = [...(ignoreCase ? pattern.toLowerCase() : pattern)];
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    if (point === escape && i + 1 < points.length) wanted.push(points[++i]!);
    else wanted.push(point === '%' ? ANY_RUN : point === '_' ? ANY_ONE : point);
  }
  return (text) => {
    const have = [...(ignoreCase ? text.toLowerCase() : text)];
    let p = 0;
    let restart = -1;
    let resume = 0;
    for (let t = 0; t < have.length; ) {
      if (p < wanted.length && (wanted[p] === ANY_ONE || wanted[p] === have[t])) {
        p++;
        t++;
      } else if (wanted[p] === ANY_RUN) {
        restart = p++;
        resume = t;
      } else if (restart >= 0) {
        p = restart + 1;
        t = ++resume;
      } else return false;
    }
    while (wanted[p] === ANY_RUN) p++;
    return p === wanted.length;
  };
}

const ANY_RUN = Symbol('%');
const ANY_ONE = Symbol('_');
