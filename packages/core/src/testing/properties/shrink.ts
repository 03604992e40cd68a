import type { Row } from '../../protocol/query.ts';

type Inputs = Readonly<Record<string, readonly Row[]>>;

/** Takes rows away, large parts first, as long as the rest still fails. At most `max` runs. */
export async function shrinkRows(inputs: Inputs, fails: (inputs: Inputs) => Promise<boolean>, max: number): Promise<Inputs> {
  let best = inputs;
  let runs = 0;
  for (let isSmaller = true; isSmaller && runs < max; ) {
    isSmaller = false;
    for (const name of Object.keys(best)) {
      let size = Math.max(1, Math.ceil((best[name]?.length ?? 0) / 2));
      for (;;) {
        for (let from = 0; from < (best[name]?.length ?? 0) && runs < max; ) {
          const smaller = { ...best, [name]: without(best[name] ?? [], from, size) };
          runs++;
          if (await fails(smaller)) {
            best = smaller;
            isSmaller = true;
          } else from += size;
        }
        if (size === 1 || runs >= max) break;
        size = Math.ceil(size / 2);
      }
    }
  }
  return best;
}

/** Keeps the schema that generated rows carry. */
function without(rows: readonly Row[], from: number, size: number): readonly Row[] {
  const left = [...rows.slice(0, from), ...rows.slice(from + size)];
  const schema = (rows as { readonly schema?: object }).schema;
  if (schema) Object.defineProperty(left, 'schema', { value: schema, enumerable: false });
  return left;
}
