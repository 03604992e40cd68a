import { code, problemFactory } from '../define-codes.ts';
import { NO_SPAN } from '../span.ts';
import { VeloError } from '../velo-error.ts';

/** What goes wrong with values while a query runs: VS51xx. Every one concerns one record. */
export const VALUE_CODES = {
  VS5101: code<{ readonly operation: string }>({
    reason: 'integer-overflow',
    severity: 'error',
    message: ({ operation }) => `result of "${operation}" does not fit INTEGER (64 bits)`,
    hint: () => 'Cast the operands to DECIMAL(38, 0) or FLOAT.',
  }),
  VS5102: code<{ readonly operation: string; readonly precision: number }>({
    reason: 'decimal-overflow',
    severity: 'error',
    message: ({ operation, precision }) => `result of "${operation}" has more than ${precision} digits`,
    hint: () => 'Cast the operands to FLOAT, or to a DECIMAL with fewer digits after the point.',
  }),
  VS5104: code<{ readonly value: unknown; readonly from: string; readonly to: string }>({
    reason: 'cast-failed',
    severity: 'error',
    message: ({ value, from, to }) => `cannot cast ${from} ${shown(value)} to ${to}`,
    hint: ({ to }) => `Use TRY_CAST(x AS ${to}) to get NULL instead, or filter such rows out.`,
  }),
  VS5105: code<{ readonly name: string; readonly argument: string; readonly value: unknown; readonly wants: string }>({
    reason: 'argument-type',
    severity: 'error',
    message: ({ name, argument, value, wants }) => `argument "${argument}" of "${name}" is ${shown(value)}, not ${wants}`,
    hint: ({ wants }) => `Cast the argument so that it is ${wants}.`,
  }),
  VS5106: code<{ readonly name: string; readonly problem: string; readonly hint?: string }>({
    reason: 'argument-range',
    severity: 'error',
    message: ({ name, problem }) => `"${name}" ${problem}`,
    hint: ({ hint }) => hint,
  }),
  VS5107: code<{ readonly pattern: string; readonly problem: string }>({
    reason: 'bad-pattern',
    severity: 'error',
    message: ({ pattern, problem }) => `regular expression ${shown(pattern)} is not valid: ${problem}`,
    hint: () => 'Patterns follow RE2: no back-references and no look-around, at most 1024 characters.',
  }),
  VS5108: code<{ readonly name: string; readonly value: unknown; readonly type: string }>({
    reason: 'value-mismatch',
    severity: 'error',
    message: ({ name, value, type }) => `${shown(value)} in "${name}" is not a value of type ${type}`,
    hint: ({ name }) => `Declare another type for "${name}" in the schema, or convert the value before it goes in.`,
  }),
  VS5109: code<{ readonly left: string; readonly right: string }>({
    reason: 'incomparable',
    severity: 'error',
    message: ({ left, right }) => `cannot order ${left} and ${right}: incompatible types`,
    hint: () => 'Cast one side so that both have the same type.',
  }),
  VS5110: code<{ readonly name: string; readonly limit: number }>({
    reason: 'text-too-long',
    severity: 'error',
    message: ({ name, limit }) => `result of "${name}" is longer than ${limit} characters`,
    hint: () => 'Ask for a shorter text.',
  }),
} as const;

const SHOWN_MAX = 60;

/** A value as errors show it: quoted text, cut after 60 characters. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (value === null || value === undefined) return 'NULL';
  if (typeof value !== 'object') return cut(String(value));
  try {
    return cut(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? String(v) : v)) ?? 'an object');
  } catch {
    return 'an object';
  }
}

const cut = (text: string): string => (text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`);

const problemOf = problemFactory(VALUE_CODES);

/** The error of one record. It has no place in the SQL text; the runtime adds operator and sample. */
export function valueError<C extends keyof typeof VALUE_CODES>(
  name: C,
  params: Parameters<(typeof VALUE_CODES)[C]['message']>[0],
): VeloError {
  // Code and parameters belong together by the signature above; the factory cannot see that through the union.
  const problem = problemOf(name, NO_SPAN, params as never);
  return new VeloError({ code: problem.code, reason: problem.reason, message: problem.message, hint: problem.hint });
}
