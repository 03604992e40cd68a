import { code } from '../define-codes.ts';

export interface InFile {
  readonly file: string;
}

/** Errors of the binary formats: VS4310 to VS4329. They are part of the connector codes. */
export const FORMAT_CODES = {
  VS4310: code<{ format: string; problem: string }>({
    reason: 'record-malformed',
    severity: 'error',
    message: (p) => `the record is not ${p.format} of this schema: ${p.problem}`,
    hint: () => 'Check that the schema is the one that the record was written with.',
  }),
  VS4311: code<InFile & { format: string; problem: string }>({
    reason: 'file-damaged',
    severity: 'error',
    message: (p) => `"${p.file}" is not a whole ${p.format} file: ${p.problem}`,
    hint: () => 'It may be cut off, still being written, or of another format. Get it again from where it came.',
  }),
  VS4312: code<InFile & { format: string; feature: string }>({
    reason: 'feature-unsupported',
    severity: 'error',
    message: (p) => `"${p.file}" uses ${p.feature}, which this ${p.format} reader does not know`,
    hint: () => 'Leave that column out of the query, or write the file without it.',
  }),
  VS4313: code<InFile & { format: string; what: string; allowed: number; observed: number }>({
    reason: 'format-limit',
    severity: 'error',
    message: (p) => `"${p.file}" has ${p.what} of ${p.observed}, ${p.allowed} are allowed`,
    hint: () => 'A sound file does not need so much; if it is meant, write it in smaller pieces.',
  }),
  VS4314: code<{ format: string; problem: string }>({
    reason: 'schema-invalid',
    severity: 'error',
    message: (p) => `the ${p.format} schema is not usable: ${p.problem}`,
  }),
  VS4315: code<{ format: string; packageName: string }>({
    reason: 'driver-missing',
    severity: 'error',
    message: (p) => `format "${p.format}" needs package "${p.packageName}", which is not installed`,
    hint: (p) => `Install it with: npm install ${p.packageName}`,
  }),
  VS4316: code<{ format: string; packing: string }>({
    reason: 'packed-format',
    severity: 'error',
    message: (p) => `a ${p.format} file that is packed as ${p.packing} once more cannot be read by range`,
    hint: () => 'Unpack it first; the format has compression of its own.',
  }),
  VS4317: code<InFile & { expected: number }>({
    reason: 'file-truncated',
    severity: 'error',
    message: (p) => `"${p.file}" became shorter than its ${p.expected} bytes while it was read`,
    hint: () => 'Write files under another name and rename them when they are complete.',
  }),
} as const;
