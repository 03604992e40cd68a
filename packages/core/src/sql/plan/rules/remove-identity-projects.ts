import type { PlanNode } from '../plan.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/** A projection that hands every column on as it is goes. */
export const removeIdentityProjects: Rule = {
  name: 'remove-identity-projects',
  rewrite: (root) => mapPlan(root, (node) => (isIdentity(node) ? node.input : node)),
};

const isIdentity = (node: PlanNode): node is Extract<PlanNode, { kind: 'project' }> =>
  node.kind === 'project' &&
  node.eventTime === null &&
  node.items.length === node.input.fields.length &&
  node.items.every((item, i) => item.kind === 'column' && item.index === i && node.fields[i]?.name === node.input.fields[i]?.name);
