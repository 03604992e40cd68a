import { BINDING_CODES } from '../../packages/core/src/diagnostics/codes/binding.ts';
import { CONFIG_CODES } from '../../packages/core/src/diagnostics/codes/config.ts';
import { CONNECTOR_CODES } from '../../packages/core/src/diagnostics/codes/connector.ts';
import { DATABASE_CODES } from '../../packages/core/src/diagnostics/codes/database.ts';
import { KAFKA_CODES } from '../../packages/core/src/diagnostics/codes/kafka.ts';
import { PLANNING_CODES } from '../../packages/core/src/diagnostics/codes/planning.ts';
import { syntaxCodes } from '../../packages/core/src/diagnostics/codes/syntax.ts';
import { TESTING_CODES } from '../../packages/core/src/diagnostics/codes/testing.ts';
import { VALUE_CODES } from '../../packages/core/src/diagnostics/codes/values.ts';
import { type FunctionInfo, listFunctions } from '../../packages/core/src/sql/functions/all-functions.ts';
import { type ErrorRow, thrownErrors } from './thrown-errors.ts';

/** Pages of the reference, made from the code that they describe: `docs/functions.md` and `docs/errors.md`. */
const TITLES: Readonly<Record<string, string>> = {
  aggregate: 'Aggregates',
  analytic: 'Analytic functions (OVER)',
  collection: 'Arrays, maps and structs',
  conditional: 'Conditional',
  header: 'Message headers',
  json: 'JSON',
  math: 'Mathematics',
  string: 'Text',
  time: 'Date and time',
  window: 'Window bounds',
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const given = (value: unknown): string =>
  typeof value === 'bigint'
    ? String(value)
    : (JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v instanceof Map ? Object.fromEntries(v) : v)) ??
      'null');

function section(f: FunctionInfo): string {
  const also = f.aliases.length > 0 ? `\n\nAlso: ${f.aliases.map((a) => `\`${a.toUpperCase()}\``).join(', ')}.` : '';
  const rows = f.examples.map((e) => {
    const input = (e as { rows?: readonly unknown[] }).rows;
    return `| \`${cell(e.sql)}\`${input ? ` over \`${cell(given(input))}\`` : ''} | \`${cell(given(e.gives))}\` |`;
  });
  return `### ${f.name.toUpperCase()}\n\n\`${f.signature}\`\n\n${f.summary}${also}\n\n| Example | Result |\n| --- | --- |\n${rows.join('\n')}\n`;
}

export function functionsPage(): string {
  const all = listFunctions();
  const parts = Object.entries(TITLES).map(([category, title]) => {
    const own = all.filter((f) => f.category === category).sort((a, b) => (a.name < b.name ? -1 : 1));
    return own.length === 0 ? '' : `## ${title}\n\n${own.map(section).join('\n')}`;
  });
  return `# Functions\n\nMade from the definitions in \`packages/core/src/sql/functions\` by \`npm run docs\`; every example is a test. Names are case-insensitive.\n\n${parts.filter((p) => p !== '').join('\n')}`;
}

const CODES = 'packages/core/src/diagnostics/codes';

/** Parameters that print as their own names, so that a message shows its shape. */
const shape: unknown = new Proxy(() => '…', {
  get: (_, name) =>
    name === Symbol.toPrimitive
      ? () => '…'
      : name === 'length'
        ? 0
        : name === 'toString' || name === 'join'
          ? () => '…'
          : name === 'map' || name === 'slice' || name === 'filter'
            ? () => []
            : shape,
  apply: () => '…',
});

function tableRows(): ErrorRow[] {
  const tables = [
    syntaxCodes,
    BINDING_CODES,
    CONFIG_CODES,
    PLANNING_CODES,
    CONNECTOR_CODES,
    DATABASE_CODES,
    KAFKA_CODES,
    TESTING_CODES,
    VALUE_CODES,
  ] as unknown as Readonly<Record<string, { reason: string; severity: string; message: (p: unknown) => string }>>[];
  return tables.flatMap((table) =>
    Object.entries(table).map(([code, d]) => ({ code, reason: d.reason, severity: d.severity, text: messageOf(d.message) })),
  );
}

function messageOf(message: (p: unknown) => string): string {
  try {
    return message(shape);
  } catch {
    return '';
  }
}

export function errorsPage(root: string): string {
  const byCode = new Map([...thrownErrors(root), ...tableRows()].map((row) => [row.code, row]));
  const rows = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const lines = rows.map((r) => `| ${r.code} | \`${r.reason}\` | ${r.severity} | ${cell(r.text)} |`);
  return `# Errors\n\nMade from \`${CODES}\` and the places that throw by \`npm run docs\`. Codes never change their meaning; \`reason\` is the slug for programs. 1xxx syntax, 2xxx binding, 3xxx planning, 4xxx connectors and formats, 5xxx running, 7xxx the studio and its clients.\n\n| Code | Reason | Severity | Message |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}
