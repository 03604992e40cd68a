import { quoteName, quoteText } from '../quote.ts';

export interface TableColumn {
  readonly name: string;
  /** Type, or `type METADATA …`, or `AS expression`. */
  readonly text: string;
}

export interface TableText {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly watermark: { readonly column: string; readonly delay: string } | null;
  readonly key: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

/** `CREATE TEMPORARY TABLE … WITH (…)`, one entry a line. */
export function tableText({ name, columns, watermark, key, options }: TableText): string {
  const entries = columns.map((column) => `${quoteName(column.name)} ${column.text}`);
  if (watermark !== null)
    entries.push(`WATERMARK FOR ${quoteName(watermark.column)} AS ${quoteName(watermark.column)} - ${watermark.delay}`);
  if (key.length > 0) entries.push(`PRIMARY KEY (${key.map(quoteName).join(', ')}) NOT ENFORCED`);
  const settings = [...options].map(([option, value]) => `${quoteText(option)} = ${quoteText(value)}`);
  const block = (lines: readonly string[]): string => `(\n  ${lines.join(',\n  ')}\n)`;
  return `CREATE TEMPORARY TABLE ${quoteName(name)} ${block(entries)} WITH ${block(settings)}`;
}
