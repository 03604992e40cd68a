/** A message is read as a whole; a script that is longer belongs on the command line. */
const FILE_MAX_BYTES = 512 * 1024;
const DATA = /\.(csv|tsv|json|jsonl|ndjson|parquet|avro|orc|arrow)(\.(gz|zst))?$/i;
const NOTEBOOK = /\.velo\.json$/i;

export type SqlFile = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly why: string };

const refused = (why: string): SqlFile => ({ kind: 'refused', why });

/** The text of a file for the composer, or why it is none and where it belongs instead. */
export async function readSqlFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<SqlFile> {
  const { name, size } = file;
  if (NOTEBOOK.test(name)) return refused(`"${name}" is a notebook. Notebooks are imported with the arrow in the panel Notebooks.`);
  if (DATA.test(name))
    return refused(
      `"${name}" is data, which the studio reads where it lies. Start it with npm start -- --root <folder>, the folder of the file, and connect file:///<folder>/${name} with the plus in Sources.`,
    );
  if (size === 0) return refused(`"${name}" is empty.`);
  if (size > FILE_MAX_BYTES)
    return refused(
      `"${name}" has ${Math.ceil(size / 1024).toLocaleString('en')} KB. A file with SQL may have ${FILE_MAX_BYTES / 1024} KB.`,
    );
  const text = await file.text().catch(() => null);
  if (text === null) return refused(`"${name}" could not be read. A folder, or a file that was moved, is dropped in vain.`);
  return text.includes('\0') ? refused(`"${name}" is not text. A file with SQL is.`) : { kind: 'text', text };
}
