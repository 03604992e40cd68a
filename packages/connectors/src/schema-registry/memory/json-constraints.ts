type Keywords = Readonly<Record<string, unknown>>;

/** Bounds from above and from below: a reader may widen or drop them. */
const UPPER = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'];
const LOWER = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'];

const upperCase = (keyword: string): string => keyword.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();

/** What a reader asks of a value that the writer did not, keyword by keyword. */
export function constraintProblems(reader: boolean | Keywords, writer: boolean | Keywords, at: string): readonly string[] {
  const [read, written] = [Object(reader) as Keywords, Object(writer) as Keywords];
  const problems: string[] = [];
  const bound = (keyword: string, isNarrower: (now: number, before: number) => boolean, change: string): void => {
    const [now, before] = [read[keyword], written[keyword]];
    if (typeof now !== 'number') return;
    if (typeof before !== 'number') problems.push(`${upperCase(keyword)}_ADDED at ${at}: ${keyword} of ${now} is new`);
    else if (isNarrower(now, before)) problems.push(`${upperCase(keyword)}_${change} at ${at}: ${before} became ${now}`);
  };
  for (const keyword of UPPER) bound(keyword, (now, before) => now < before, 'DECREASED');
  for (const keyword of LOWER) bound(keyword, (now, before) => now > before, 'INCREASED');
  bound('multipleOf', (now, before) => before % now !== 0, 'CHANGED');
  if (typeof read['pattern'] === 'string' && read['pattern'] !== written['pattern'])
    problems.push(`PATTERN_${written['pattern'] === undefined ? 'ADDED' : 'CHANGED'} at ${at}: texts have to match another pattern`);
  if (read['uniqueItems'] === true && written['uniqueItems'] !== true)
    problems.push(`UNIQUE_ITEMS_ADDED at ${at}: items may not be equal any more`);
  if (read['not'] !== undefined && JSON.stringify(read['not']) !== JSON.stringify(written['not']))
    problems.push(`NOT_TYPE_EXTENDED at ${at}: what is excluded has changed`);
  const [now, before] = [valuesOf(read), valuesOf(written)];
  if (now !== undefined && before === undefined) problems.push(`ENUM_ARRAY_NARROWED at ${at}: only some values are valid now`);
  const lost = now === undefined ? [] : (before ?? []).filter((value) => !now.includes(value));
  if (lost.length > 0)
    problems.push(`ENUM_ARRAY_NARROWED at ${at}: ${lost.slice(0, 5).join(', ')} ${lost.length === 1 ? 'is' : 'are'} no longer valid`);
  return problems;
}

function valuesOf(keywords: Keywords): readonly string[] | undefined {
  if (Array.isArray(keywords['enum'])) return keywords['enum'].map((value) => JSON.stringify(value));
  return 'const' in keywords ? [JSON.stringify(keywords['const'])] : undefined;
}
