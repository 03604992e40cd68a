import { typeText } from '../../values/type-text.ts';
import { describeNode } from './explain/describe-node.ts';
import type { ChangeMode, PlanNode, QueryPlan } from './plan.ts';
import { inputsOf } from './tree/plan-tree.ts';

/** One node of a plan for people and tools: JSON, without functions. */
export interface PlanNodeJson {
  /** Stable within the plan: the path of input numbers from the root, `0`, `0.0`, `0.1`. */
  readonly id: string;
  readonly kind: PlanNode['kind'];
  readonly label: string;
  readonly details: Readonly<Record<string, string>>;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly changes: ChangeMode;
  readonly inputs: readonly PlanNodeJson[];
}

export interface PlanJson {
  readonly root: PlanNodeJson;
  /** Names of the result's columns. */
  readonly columns: readonly string[];
  /** Result columns that identify a row; null: rows only append. Hidden columns are left out. */
  readonly key: readonly string[] | null;
  readonly tables: readonly string[];
}

/** A plan as JSON, for the Studio's plan view and `EXPLAIN` over the wire. */
export function planToJson(plan: QueryPlan): PlanJson {
  const visible = plan.root.fields.slice(0, plan.visible).map((field) => field.name);
  return {
    root: nodeToJson(plan.root, '0'),
    columns: visible,
    key: plan.key === null ? null : plan.key.flatMap((index) => visible.slice(index, index + 1)),
    tables: plan.tables,
  };
}

function nodeToJson(node: PlanNode, id: string): PlanNodeJson {
  const { label, details } = describeNode(node);
  return {
    id,
    kind: node.kind,
    label,
    details: Object.fromEntries(details),
    columns: node.fields.map((field) => ({ name: field.name, type: typeText(field.type) })),
    changes: node.changes,
    inputs: inputsOf(node).map((input, i) => nodeToJson(input, `${id}.${i}`)),
  };
}
