/** `"name"` for standard SQL as PostgreSQL reads it; a NUL cannot stand in a name. */
export const quoteName = (name: string): string => `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;

/** `"schema"."table"`. */
export const quotePath = (...names: readonly string[]): string => names.map(quoteName).join('.');
