import { connectorError } from '@velostream/core/connect';
import { type Field, type Scalar, textReader } from '@velostream/core/connect/formats';
import { planColumn } from '../decode/plan-column.ts';
import { blockRows, type DeferredValue, firstWindow, type ReadRecord, type RecordFormat } from '../decode/record-decoder.ts';
import { Kind, type PlannedColumn } from '../decode/record-kernel.ts';
import { createUtf8 } from '../decode/utf8.ts';
import { LINE_FEED } from './csv-dialect.ts';
import type { CsvKernelFactory, CsvKernelPlan } from './csv-kernel.ts';
import { type CsvField, type CsvRecord, isBlankLine, splitRecord, unescaped } from './split-record.ts';

export interface CsvLayout extends Omit<CsvKernelPlan, 'columns'> {
  readonly allowsMissing: boolean;
  readonly allowsExtra: boolean;
}

export interface DecodeSizes {
  readonly fields: readonly Field[];
  readonly maxBatchRows: number;
  readonly maxRecordBytes: number;
}

/** How CSV records become columns: the kernel for the usual, `splitRecord` for the rest. */
export function csvRecordFormat(layout: CsvLayout, sizes: DecodeSizes, kernelOf: CsvKernelFactory): RecordFormat {
  const { dialect, targets, fieldCount } = layout;
  const plan = sizes.fields.map(planColumn);
  const scanned = isPlainDelimiter(dialect.delimiter) ? plan : plan.map(withoutScan);
  const kernel = kernelOf({ ...layout, columns: scanned }, blockRows(sizes.maxBatchRows), firstWindow(sizes.maxRecordBytes));
  const readText = textReaders(sizes.fields);
  const utf8 = createUtf8();
  const positions = sizes.fields.map((_, c) => targets.indexOf(c));

  const fieldValue = (c: number, b: Uint8Array, field: CsvField): DeferredValue | null => {
    const { start, end } = field;
    if (start === end && !(field.isQuoted && canBeEmpty(sizes.fields[c]!))) return null;
    const bytes = field.isEscaped ? unescaped(b, start, end, dialect) : b.subarray(start, end);
    const text = utf8.read(bytes, 0, bytes.length);
    return { value: text === undefined ? undefined : readText[c]!(text), start, end };
  };

  const checked = (b: Uint8Array, record: CsvRecord): ReadRecord => {
    const { fields, end, problem } = record;
    if (problem !== null) return { kind: 'bad', end, error: connectorError('VS4303', { problem: 'there is text behind a closing quote' }) };
    const isCounted = fields.length === fieldCount || (fields.length < fieldCount ? layout.allowsMissing : layout.allowsExtra);
    if (!isCounted) return { kind: 'bad', end, error: connectorError('VS4302', { expected: fieldCount, found: fields.length }) };
    const values = positions.map((position, c) => {
      const field = fields[position];
      return field === undefined ? null : fieldValue(c, b, field);
    });
    return { kind: 'values', end, values };
  };

  return {
    plan,
    kernel,
    hasInnerLines: true,
    absent: positions.flatMap((position, c) => (position < 0 ? [c] : [])),
    readDeferred(c, b, start, end): Scalar | undefined {
      // Only content with doubled quotes holds a quote here, and only quoted content can be empty.
      const isEscaped = dialect.quote >= 0 && start < end && isWithinQuotes(b, start, dialect.quote);
      const read = fieldValue(c, b, { start, end, isQuoted: isEscaped || start === end, isEscaped });
      return read === null ? null : read.value;
    },
    readRecord(b, from, to, isLast) {
      if (fieldCount !== 1 && isBlankLine(b, from)) return { kind: 'blank', end: b.indexOf(LINE_FEED, from) + 1 };
      const record = splitRecord(b, from, to, dialect);
      if (record !== null) return checked(b, record);
      if (!isLast) return { kind: 'open' };
      const end = b.indexOf(LINE_FEED, from) + 1;
      return { kind: 'bad', end, error: connectorError('VS4303', { problem: 'a quoted field is never closed' }) };
    },
  };
}

/** Numbers and times are scanned up to where they end by themselves, so a delimiter must not look like a part of one. */
const isPlainDelimiter = (delimiter: number): boolean => !/[\w+.: -]/.test(String.fromCharCode(delimiter));

const withoutScan = (column: PlannedColumn): PlannedColumn => (column.kind === Kind.text ? column : { ...column, kind: Kind.other });

const canBeEmpty = ({ type }: Field): boolean => type.kind === 'string' || type.kind === 'bytes';

const isWithinQuotes = (b: Uint8Array, start: number, quote: number): boolean => start > 0 && b[start - 1] === quote;

const textReaders = (fields: readonly Field[]): ((text: string) => Scalar | undefined)[] => fields.map((field) => textReader(field.type));
