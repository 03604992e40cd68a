import type { DataRow } from '../../engine/messages.ts';
import { amountText } from '../text.ts';
import { numberOf } from './series.ts';

/** The newest value of each measure, large. */
export function StatChart({ rows, measures }: { readonly rows: readonly DataRow[]; readonly measures: readonly string[] }) {
  const row = rows.at(-1);
  return (
    <dl className="chart stats">
      {measures.map((measure) => {
        const value = numberOf(row?.[measure]);
        return (
          <div key={measure}>
            <dt>{measure}</dt>
            <dd>{value === undefined ? '∅' : amountText(value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
