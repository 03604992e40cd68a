import type { DataConstraints } from '../../protocol/studio/testing.ts';
import type { FieldContext, Maker } from './field-maker.ts';
import { weightedIndex } from './sampling.ts';

const GROUPS_MAX = 100_000;

/** Walks the states of one machine per value of `group_by`; a state without ways out begins anew. */
export function machineMaker(machine: NonNullable<DataConstraints['state_machine']>, of: FieldContext): Maker {
  const initial = machine.initial || (Object.keys(machine.transitions)[0] ?? '');
  const steps = new Map(
    Object.entries(machine.transitions).map(([from, to]) => {
      const names = Object.keys(to);
      return [from, { names, pick: weightedIndex(Object.values(to).map(Number), of.random) }] as const;
    }),
  );
  const states = new Map<string, string>();
  return (row) => {
    const group = machine.group_by === undefined ? '' : String(row[machine.group_by] ?? '');
    const from = states.get(group);
    const step = from === undefined ? undefined : steps.get(from);
    const next = step === undefined || step.names.length === 0 ? initial : (step.names[step.pick()] as string);
    if (!states.has(group) && states.size >= GROUPS_MAX) states.delete(states.keys().next().value as string);
    states.set(group, next);
    return next;
  };
}
