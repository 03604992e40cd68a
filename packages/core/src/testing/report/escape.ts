const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

const isAllowed = (c: string): boolean => c >= ' ' || c === '\n' || c === '\t';

/** Text that may stand in XML and HTML, in attributes too; characters that XML cannot hold are left out. */
export const escapeMarkup = (text: string): string =>
  Array.from(text)
    .filter(isAllowed)
    .join('')
    .replace(/[&<>"']/g, (c) => ENTITIES[c] as string);
