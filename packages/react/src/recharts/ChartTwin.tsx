import { memo, type ReactNode } from 'react';
import type { ChartData } from '../chart/chart-data.ts';
import { numberText, placeText } from '../chart/point-text.ts';

const ROWS_MAX = 20;

/** The newest points of a chart as a table, for those who do not see it. */
export const ChartTwin = memo(function ChartTwin({
  data: { series, points, isTime, openFrom },
  label,
  x,
}: {
  readonly data: ChartData;
  readonly label: string;
  readonly x: string | undefined;
}): ReactNode {
  return (
    <div data-visually-hidden="">
      <table>
        <caption>{`${label}, newest ${Math.min(ROWS_MAX, points.length)} points`}</caption>
        <thead>
          <tr>
            <th scope="col">{x ?? 'row'}</th>
            {series.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.slice(-ROWS_MAX).map((point) => (
            <tr key={String(point.x)}>
              <th scope="row">
                {placeText(point.x, { isTime, column: x })}
                {openFrom !== undefined && Number(point.x) >= openFrom && ', still open'}
              </th>
              {series.map((name, i) => {
                const value = point.values[i];
                return <td key={name}>{value === null || value === undefined ? 'no value' : numberText(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
