import type { FunctionDefinition, Parameter } from './define.ts';

const parameterText = (p: Parameter): string => `${p.name}${p.variadic === true ? ', …' : ''}`;

/** How a function is called: `ROUND(n [, digits])`. */
export function signatureOf(definition: FunctionDefinition): string {
  let text = '';
  let open = 0;
  definition.parameters.forEach((p, i) => {
    const comma = i === 0 ? '' : ', ';
    if (p.optional === true) {
      text += i === 0 ? `[${parameterText(p)}` : ` [${comma}${parameterText(p)}`;
      open++;
    } else text += comma + parameterText(p);
  });
  const star = definition.kind === 'aggregate' && definition.star === true ? '* | ' : '';
  const over = definition.kind === 'analytic' ? ' OVER (…)' : '';
  return `${definition.name.toUpperCase()}(${star}${text}${']'.repeat(open)})${over}`;
}
