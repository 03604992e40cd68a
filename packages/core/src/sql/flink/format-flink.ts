import type { FlinkOptions } from './script.ts';
import { toFlink } from './to-flink.ts';

/**
 * A script as text of Flink SQL, one statement after the other. What differs, and why a statement is refused, stands in comments before it;
 * secrets stay placeholders.
 */
export function formatFlink(sql: string, options: FlinkOptions = {}): string {
  const { statements } = toFlink(sql, options);
  const texts = statements.map(({ sql: text, verdict, reasons }) => {
    const notes = reasons.map((reason) => `-- ${verdict === 'refused' ? 'refused' : 'differs'}: ${reason.replace(/\s+/g, ' ')}`);
    return [...notes, ...(text === '' ? [] : [`${text};`])].join('\n');
  });
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}
