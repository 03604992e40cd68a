// Writes the tables of options into the READMEs of the connectors, from the definitions themselves.
//
//   node --conditions=@velostream/source .config/scripts/options-table.mjs           write
//   node --conditions=@velostream/source .config/scripts/options-table.mjs --check   fail when the README says something else
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { files } from '@velostream/connectors/files';
import { avro } from '@velostream/connectors/formats/avro';
import { csv } from '@velostream/connectors/formats/csv';
import { jsonl } from '@velostream/connectors/formats/jsonl';
import { parquet } from '@velostream/connectors/formats/parquet';
import { protobuf } from '@velostream/connectors/formats/protobuf';
import { kafka } from '@velostream/connectors/kafka';
import { postgres } from '@velostream/connectors/postgres';
import { s3 } from '@velostream/connectors/s3';
import { datagen, memory } from '@velostream/core/connect';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const COMMON = 'packages/connectors/README.md';

const formats = [csv(), jsonl()];
/** Formats with a README of their own. */
const ranged = [parquet(), avro(), protobuf()];
const own = new Set([...formats, ...ranged].flatMap(({ options }) => options.names));
const owners = [
  { name: 'file', options: files({ roots: [] }).options, leftOut: own },
  ...formats.map(({ name, options }) => ({ name, options, leftOut: new Set() })),
  ...ranged.map(({ name, options }) => ({
    name,
    options,
    leftOut: new Set(),
    readme: `packages/connectors/src/formats/${name}/README.md`,
  })),
  { name: 'kafka', options: kafka().options, leftOut: new Set(), readme: 'packages/connectors/src/kafka/README.md' },
  { name: 'postgres', options: postgres().options, leftOut: new Set(), readme: 'packages/connectors/src/postgres/README.md' },
  { name: 's3', options: s3({ formats: [] }).options, leftOut: new Set(), readme: 'packages/connectors/src/s3/README.md' },
  { name: 'clickhouse', options: clickhouse().options, leftOut: new Set(), readme: 'packages/connectors/src/clickhouse/README.md' },
  { name: 'datagen', options: datagen().options, leftOut: new Set() },
  { name: 'memory', options: memory().options, leftOut: new Set() },
];

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\t', '\\t');

const HEAD = ['Option', 'Takes', 'Default', 'What it does'];

/** Padded to columns, as the formatter does. */
function table({ options, leftOut }) {
  const rows = [...options.specs]
    .filter(([name]) => !leftOut.has(name))
    .map(([name, { aliases, takes, fallback, about }]) => [
      [name, ...aliases].map((n) => `\`${n}\``).join(', '),
      cell(takes),
      fallback === undefined || fallback === '' ? '' : `\`${cell(fallback)}\``,
      cell(about),
    ]);
  const widths = HEAD.map((head, c) => Math.max(head.length, ...rows.map((row) => row[c].length)));
  const line = (cells) => `| ${cells.map((text, c) => text.padEnd(widths[c])).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

let isStale = false;
for (const owner of owners) {
  const path = join(root, owner.readme ?? COMMON);
  const text = readFileSync(path, 'utf8');
  const [from, to] = [`<!-- options ${owner.name} -->`, `<!-- end ${owner.name} -->`];
  const start = text.indexOf(from);
  const end = text.indexOf(to);
  if (start < 0 || end < start) throw new Error(`${owner.readme ?? COMMON} has no place for the options of "${owner.name}"`);
  const next = `${text.slice(0, start + from.length)}\n\n${table(owner)}\n\n${text.slice(end)}`;
  isStale ||= next !== text;
  if (!process.argv.includes('--check')) writeFileSync(path, next);
}
if (isStale && process.argv.includes('--check')) {
  process.stderr.write(
    'error: the tables of options are not up to date; run node --conditions=@velostream/source .config/scripts/options-table.mjs\n',
  );
  process.exitCode = 1;
}
