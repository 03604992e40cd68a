/** What a text begins with: a keyword with what belongs to it, else one name or sign. */
export const group = (text: string): string =>
  (/^(GROUP BY|ORDER BY|PARTITION BY|EMIT \w+|[`\w.-]+|\S)/i.exec(text.trim())?.[0] ?? '').replaceAll('`', '').toUpperCase();
