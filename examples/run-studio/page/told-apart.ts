/** What each is called: its short name, and its long one where another has the same short name. */
export function toldApart<T>(all: readonly T[], shortOf: (each: T) => string, longOf: (each: T) => string): readonly string[] {
  const names = all.map(shortOf);
  return all.map((each, i) => {
    const name = names[i] as string;
    return names.filter((other) => other === name).length > 1 ? longOf(each) : name;
  });
}
