import { canCast } from '../../values/cast.ts';
import { parseTypeText, TYPE_NAMES, typeText } from '../../values/type-text.ts';
import { ANY, type SqlType } from '../../values/types.ts';
import type { Expression, TypeName } from '../ast/index.ts';
import type { Binder } from './binder.ts';
import { castTo, unknownValue } from './coerce.ts';
import type { Expr } from './expression.ts';
import { nearestName } from './nearest-name.ts';
import type { Scope } from './scope.ts';

/** `CAST(x AS T)`, `x::T`, `TRY_CAST(x AS T)`. */
export function bindCast(cx: Binder, node: Expression & { kind: 'cast' }, scope: Scope): Expr {
  const arg = cx.expression(node.operand, scope);
  const type = bindType(cx, node.type);
  if (type === undefined) return unknownValue(node.span);
  if (!canCast(arg.type, type)) {
    cx.report('VS2024', node.span, { from: typeText(arg.type), to: typeText(type) });
    return unknownValue(node.span);
  }
  if (arg.type.kind === 'null') return { ...castTo(arg, type), span: node.span };
  return { kind: 'cast', arg, safe: node.safe, type, span: node.span };
}

/** The type that is named; a problem and undefined when there is none of that name. */
function bindType(cx: Binder, node: TypeName): SqlType | undefined {
  const type = parseTypeText(nameText(node));
  if (type === undefined) {
    const nearest = nearestName(node.name, TYPE_NAMES);
    cx.report('VS2020', node.span, { name: nameText(node), nearest: nearest === node.name ? undefined : nearest });
  }
  return type;
}

/** The type of a declared column: `any` where the name is wrong, so that the checks go on. */
export const bindColumnType = (cx: Binder, node: TypeName): SqlType => bindType(cx, node) ?? ANY;

function nameText(node: TypeName): string {
  const inner = [...node.elements.map(nameText), ...node.fields.map((f) => `\`${f.name.text}\` ${nameText(f.type)}`)];
  if (inner.length > 0) return `${node.name}<${inner.join(', ')}>`;
  return node.arguments.length > 0 ? `${node.name}(${node.arguments.join(', ')})` : node.name;
}
