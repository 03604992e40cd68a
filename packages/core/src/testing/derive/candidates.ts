import type { Value } from '../../protocol/query.ts';
import type { DataField } from '../../protocol/studio/testing.ts';
import { coerceTo } from '../generate/coerce.ts';
import { nullShare } from '../generate/field-maker.ts';
import type { ColumnEvidence } from '../infer/evidence.ts';

/** Values of one column that the SQL tells apart, and what lies around them. */
export interface Candidates {
  readonly field: DataField;
  /** Never NULL. */
  readonly values: readonly Value[];
  readonly nullable: boolean;
}

const KEYS_MAX = 12;

/**
 * Values on both sides of every literal that a column is compared with, the ends of its range, every listed text and one more. Where
 * `strict`, nothing that the schema forbids.
 */
export function candidatesFor(
  field: DataField,
  e: ColumnEvidence | undefined,
  o: { readonly strict: boolean; readonly loose?: boolean; readonly now: number },
): Candidates {
  const made = rawValues(field, e, o)
    .map((v) => coerceTo(field, v, o.now))
    .filter((v) => v !== null);
  const allowed = o.strict ? made.filter((v) => isAllowed(field, v)) : made;
  const values = [...new Map(allowed.map((v) => [String(v), v])).values()];
  const asked = e?.nullTested === true || e?.uses.has('group') === true;
  return { field, values, nullable: nullShare(field) > 0 || (!o.strict && asked && field.nullable !== false) };
}

function rawValues(
  field: DataField,
  e: ColumnEvidence | undefined,
  { strict, loose = false }: { readonly strict: boolean; readonly loose?: boolean },
): unknown[] {
  const c = field.constraints ?? {};
  switch (field.type) {
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'float':
    case 'decimal':
      return numbers(field, e, loose);
    case 'string':
      return [
        ...(e?.texts ?? []),
        ...(e?.patterns ?? []).flatMap((p) => [p.replaceAll('%', '').replaceAll('_', 'x'), p.replaceAll('%', 'ab').replaceAll('_', 'x')]),
        ...(c.enum_values?.values ?? []).slice(0, KEYS_MAX),
        ...(strict ? [] : ['something else']),
        ...numericTexts(e),
      ];
    case 'date':
      return (e?.texts ?? []).filter((t) => /^\d{4}-\d\d-\d\d/.test(t));
    default:
      return [];
  }
}

const numericTexts = (e: ColumnEvidence | undefined): string[] =>
  (e?.numbers ?? []).flatMap((n) => [String(n - 1), String(n), String(n + 1)]);

function numbers(field: DataField, e: ColumnEvidence | undefined, loose: boolean): number[] {
  const step = field.type === 'integer' ? 1 : field.type === 'decimal' ? 10 ** -(field.scale ?? 4) : 0.01;
  const range = field.constraints?.range;
  const min = Number(range?.min ?? 0);
  const max = Number(range?.max ?? Math.max(1000, min + 1000));
  const marks = [...(e?.numbers ?? []), ...(e?.totals ?? []).map((t) => t.value)];
  const listed = (field.constraints?.enum_values?.values ?? []).map(Number).filter((n) => Number.isFinite(n));
  const around = marks.flatMap((m) => [m - step, m, m + step, m * 2, m / 2]);
  // The range of a schema, inferred ones too, holds for rows made on purpose as well; one that was only seen in samples does not.
  const within = range === undefined || loose ? around : around.filter((n) => n >= min && n <= max);
  return [...within, min, max, (min + max) / 2, ...listed.slice(0, KEYS_MAX)];
}

function isAllowed({ constraints: c }: DataField, value: Value): boolean {
  if (c?.enum_values) return c.enum_values.values.some((v) => String(v) === String(value) || Number(v) === Number(value));
  if (c?.pattern !== undefined) {
    try {
      return new RegExp(`^(?:${c.pattern})$`, 'u').test(String(value));
    } catch {
      return false;
    }
  }
  if (
    c?.length &&
    typeof value === 'string' &&
    (value.length < (c.length.min ?? 0) || value.length > (c.length.max ?? Number.POSITIVE_INFINITY))
  )
    return false;
  if (!c?.range) return true;
  const n = Number(value);
  return n >= Number(c.range.min ?? Number.NEGATIVE_INFINITY) && n <= Number(c.range.max ?? Number.POSITIVE_INFINITY);
}
