import { complete, createCatalog, explain, format, validate } from '@velostream/core/sql';
import type { Language } from './messages.ts';
import { SOURCES } from './sources.ts';

const catalog = createCatalog(Object.fromEntries(SOURCES.map(({ name, schema }) => [name, schema])));

/** Answers about text; it knows the sources of the page. */
export const LANGUAGE: Language = {
  sources: () => SOURCES,
  validate: (sql) => validate(sql, { catalog }),
  format: (sql) => format(sql),
  explain: (sql, stage) => explain(sql, { stage, catalog }),
  complete: (sql, offset) => {
    const found = complete(sql, offset, { catalog });
    const ordered = found.toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
    return ordered.map(({ label, kind, insertText, detail, replace }) => ({
      label,
      kind,
      insert: insertText,
      detail: detail ?? kind,
      ...replace,
    }));
  },
};
