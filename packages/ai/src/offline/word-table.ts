/** `name word word; name word` → word → name; an underscore stands for a space. Written so because every page loads it. */
export const wordsTo = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split('; ').flatMap((line) => {
      const [name = '', ...words] = line.split(' ');
      return words.map((word) => [word, name.replaceAll('_', ' ')]);
    }),
  );
