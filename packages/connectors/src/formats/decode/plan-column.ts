import type { Field } from '@velostream/core/connect/formats';
import { Kind, type KindCode, type PlannedColumn } from './record-kernel.ts';

/** Doubles hold every integer of so many digits. */
const EXACT_DIGITS = 15;

function kindOf(field: Field): KindCode {
  const { type } = field;
  switch (type.kind) {
    case 'float':
    case 'integer':
    case 'boolean':
    case 'timestamp':
    case 'date':
      return Kind[type.kind];
    case 'string':
      return Kind.text;
    case 'decimal':
      return type.scale <= EXACT_DIGITS ? Kind.decimal : Kind.other;
    default:
      return Kind.other;
  }
}

/** How the fast path reads a column. */
export function planColumn(field: Field): PlannedColumn {
  const { type } = field;
  return {
    kind: kindOf(field),
    scale: type.kind === 'decimal' ? type.scale : 0,
    precision: type.kind === 'decimal' ? Math.min(type.precision, EXACT_DIGITS) : EXACT_DIGITS,
  };
}
