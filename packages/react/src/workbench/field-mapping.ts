import type { FieldMatch, MappingProposal } from '@velostream/core/protocol/deploy';
import { useCallback, useMemo, useState } from 'react';

/** One field of the template with what stands for it now. */
export interface MappedField {
  readonly template: string;
  readonly actual: string | null;
  readonly status: FieldMatch['status'];
  /** 0 to 1; 1 for what somebody chose. */
  readonly confidence: number;
  readonly reason: string;
  readonly cast?: string;
}

export interface FieldMappingState {
  readonly fields: readonly MappedField[];
  /** Real fields that may be chosen, in one order. */
  readonly actualFields: readonly string[];
  /** Template field by real field, for those in use. */
  readonly usedBy: ReadonlyMap<string, string>;
  readonly isComplete: boolean;
  assign(template: string, actual: string | null): void;
  readonly reset: (() => void) | null;
}

/** Template field → real field, for a `customize` call. */
export type FieldChoice = Readonly<Record<string, string>>;

const proposed = ({ matches }: MappingProposal): Readonly<Record<string, string | null>> =>
  Object.fromEntries(matches.map(({ template, actual }) => [template, actual ?? null]));

export const choiceOf = (assigned: Readonly<Record<string, string | null>>): FieldChoice =>
  Object.fromEntries(Object.entries(assigned).flatMap(([template, actual]) => (actual === null ? [] : [[template, actual]])));

/** A real field stands for one template field: choosing it elsewhere takes it away from where it was. */
export function assigned(
  before: Readonly<Record<string, string | null>>,
  template: string,
  actual: string | null,
): Readonly<Record<string, string | null>> {
  const freed = Object.entries(before).map(([field, other]) => [field, actual !== null && other === actual ? null : other] as const);
  return { ...Object.fromEntries(freed), [template]: actual };
}

/** Template fields on one side, real fields on the other, and what joins them. */
export function useFieldMapping(mapping: MappingProposal, onChange?: (choice: FieldChoice) => void): FieldMappingState {
  const [held, setHeld] = useState<{ readonly of: MappingProposal; readonly fields: Readonly<Record<string, string | null>> }>({
    of: mapping,
    fields: proposed(mapping),
  });
  const current = held.of === mapping ? held.fields : proposed(mapping);
  const put = useCallback(
    (fields: Readonly<Record<string, string | null>>) => {
      setHeld({ of: mapping, fields });
      onChange?.(choiceOf(fields));
    },
    [mapping, onChange],
  );
  return useMemo(() => {
    const fields = mapping.matches.map((match) => fieldOf(match, current[match.template] ?? null));
    const names = mapping.matches.flatMap(({ actual, alternatives }) => [actual, ...alternatives.map((other) => other.actual)]);
    const actualFields = [...new Set([...names, ...mapping.unused.map(({ field }) => field)])].filter((name) => name !== undefined);
    const isChanged = mapping.matches.some((match) => (match.actual ?? null) !== (current[match.template] ?? null));
    return {
      fields,
      actualFields,
      usedBy: new Map(fields.flatMap(({ template, actual }) => (actual === null ? [] : [[actual, template] as const]))),
      isComplete: fields.every(({ actual }) => actual !== null),
      assign: (template, actual) => put(assigned(current, template, actual)),
      reset: isChanged ? () => put(proposed(mapping)) : null,
    };
  }, [mapping, current, put]);
}

function fieldOf(match: FieldMatch, actual: string | null): MappedField {
  const { template, confidence, status, reason, cast, alternatives } = match;
  if (actual === (match.actual ?? null)) return { template, actual, status, confidence, reason, ...(cast !== undefined && { cast }) };
  if (actual === null) return { template, actual, status: 'missing', confidence: 0, reason: 'nothing chosen' };
  const other = alternatives.find((alternative) => alternative.actual === actual);
  return { template, actual, status: 'chosen', confidence: other?.confidence ?? 1, reason: 'chosen by you' };
}
