import { valueError } from '../../../diagnostics/codes/values.ts';
import { timeReader } from '../../../values/time-format.ts';
import type { Scalar } from '../../../values/types.ts';
import type { Evaluate } from '../define.ts';

/** Text to ms, in the usual forms (`usual`) or a strftime format given as second argument. */
export function parseWithFormat(name: string, to: string, usual: (text: string) => number | undefined): Evaluate {
  let last: { readonly format: Scalar; readonly read: (text: string) => number | undefined } | undefined;
  const reader = (format: string) => {
    const read = timeReader(format);
    if (read === undefined) {
      throw valueError('VS5106', {
        name,
        problem: `cannot read the format "${format}"`,
        hint: 'Use strftime codes such as %Y-%m-%d %H:%M:%S.',
      });
    }
    return { format, read };
  };
  return (text, format) => {
    if (format !== undefined && (last === undefined || last.format !== format)) last = reader(format as string);
    const ms = (format === undefined ? usual : last!.read)(text as string);
    if (ms !== undefined) return ms;
    throw valueError('VS5104', { value: text, from: 'STRING', to });
  };
}
