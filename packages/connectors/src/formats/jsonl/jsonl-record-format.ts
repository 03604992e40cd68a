import { connectorError } from '@velostream/core/connect';
import type { Field, Scalar } from '@velostream/core/connect/formats';
import { planColumn } from '../decode/plan-column.ts';
import { blockRows, type DeferredValue, firstWindow, type RecordFormat } from '../decode/record-decoder.ts';
import { createUtf8 } from '../decode/utf8.ts';
import { jsonValueReader } from './json-value-reader.ts';
import type { JsonlKernelFactory } from './jsonl-kernel-plan.ts';
import { JsonProblem, type Member, splitObject } from './split-object.ts';

const LINE_FEED = 0x0a;

export interface DecodeSizes {
  readonly fields: readonly Field[];
  readonly maxBatchRows: number;
  readonly maxRecordBytes: number;
}

/** How JSON lines become columns: the kernel for the usual, `splitObject` for the rest. */
export function jsonlRecordFormat(sizes: DecodeSizes, kernelOf: JsonlKernelFactory): RecordFormat {
  const { fields } = sizes;
  const plan = fields.map(planColumn);
  const utf8 = createUtf8();
  const encoder = new TextEncoder();
  const keys = fields.map((field) => encoder.encode(field.name));
  const kernel = kernelOf({ columns: plan, keys }, blockRows(sizes.maxBatchRows), firstWindow(sizes.maxRecordBytes));
  const readers = fields.map(jsonValueReader);

  const valuesOf = (text: string, from: number): (DeferredValue | null)[] => {
    const byKey = new Map<string, Member>();
    for (const member of splitObject(text)) byKey.set(member.key, member);
    return fields.map((field, c) => {
      const member = byKey.get(field.name);
      if (member === undefined) return null;
      const slice = text.slice(member.start, member.end);
      const start = from + encoder.encode(text.slice(0, member.start)).length;
      return { value: readers[c]!(slice), start, end: start + encoder.encode(slice).length };
    });
  };

  return {
    plan,
    kernel,
    hasInnerLines: false,
    readDeferred(c, b, start, end): Scalar | undefined {
      const text = utf8.read(b, start, end);
      return text === undefined ? undefined : readers[c]!(text);
    },
    readRecord(b, from) {
      const end = b.indexOf(LINE_FEED, from) + 1;
      const text = utf8.read(b, from, end - 1);
      if (text === undefined) return { kind: 'bad', end, error: connectorError('VS4304', { problem: 'it is not UTF-8' }) };
      if (/^[ \t\r]*$/.test(text)) return { kind: 'blank', end };
      try {
        return { kind: 'values', end, values: valuesOf(text, from) };
      } catch (problem) {
        if (problem instanceof JsonProblem) return { kind: 'bad', end, error: connectorError('VS4304', { problem: problem.message }) };
        throw problem;
      }
    },
  };
}
