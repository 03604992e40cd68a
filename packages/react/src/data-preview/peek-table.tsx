import type { MessageInfo, Peek } from '@velostream/core/protocol/explore';
import { decimalsOf, shownText } from '../query-results/cell-text.ts';
import { coverageText } from '../text/coverage-text.ts';
import { exactTime } from '../text/time-text.ts';

const caption = (peek: Peek) => (
  <caption>
    <strong>{peek.name}</strong> <span data-coverage="">{coverageText(peek.coverage)}</span>
    {peek.dropped !== undefined && peek.dropped > 0 && <span data-dropped="">{`${peek.dropped} left out`}</span>}
    {peek.warnings?.map((text) => (
      <span key={text} data-warning="">
        {text}
      </span>
    ))}
  </caption>
);

const heads = (peek: Peek) =>
  peek.columns.map(({ name, type }) => (
    <th key={name} scope="col" data-type={type} data-masked={peek.masked.includes(name) ? '' : undefined}>
      {name}
      {peek.masked.includes(name) && <span data-badge="">masked</span>}
    </th>
  ));

const decimalsIn = (peek: Peek): readonly (number | undefined)[] => peek.columns.map((column) => decimalsOf(peek.rows, column));

const cells = (peek: Peek, row: Peek['rows'][number], decimals: ReturnType<typeof decimalsIn>) =>
  peek.columns.map((column, i) => {
    const value = row[column.name];
    return (
      <td
        key={column.name}
        data-type={column.type}
        data-time={/^TIMESTAMP/i.test(column.type) ? '' : undefined}
        data-null={value === null || value === undefined ? '' : undefined}
      >
        {shownText(value, column, decimals[i])}
      </td>
    );
  });

/** Rows of a file or a table. A row has no key of its own, so its place is its key; a preview does not reorder. */
export function rowTable(peek: Peek) {
  const decimals = decimalsIn(peek);
  return (
    <table key={peek.id}>
      {caption(peek)}
      <thead>
        <tr>{heads(peek)}</tr>
      </thead>
      <tbody>
        {peek.rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <tr key={i}>{cells(peek, row, decimals)}</tr>
        ))}
      </tbody>
    </table>
  );
}

/** Messages of a log. */
export function messageTable(peek: Peek) {
  const decimals = decimalsIn(peek);
  return (
    <table key={peek.id} data-messages="">
      {caption(peek)}
      <thead>
        <tr>
          <th scope="col" data-numeric="">
            Partition
          </th>
          <th scope="col" data-numeric="">
            Offset
          </th>
          <th scope="col">Time</th>
          <th scope="col">Key</th>
          {heads(peek)}
        </tr>
      </thead>
      <tbody>{(peek.messages ?? []).map((message, i) => messageRow(peek, message, i, decimals))}</tbody>
    </table>
  );
}

function messageRow(peek: Peek, message: MessageInfo, i: number, decimals: ReturnType<typeof decimalsIn>) {
  const { partition, offset, timestampMs, key, error, tombstone } = message;
  return (
    <tr key={`${partition}:${offset}`} data-tombstone={tombstone ? '' : undefined} data-failed={error === undefined ? undefined : ''}>
      <td data-numeric="">{partition}</td>
      <td data-numeric="">{offset}</td>
      <td data-time="">{timestampMs === undefined ? '–' : exactTime(timestampMs)}</td>
      <td data-null={key === undefined ? '' : undefined}>{key ?? '∅'}</td>
      {error !== undefined || tombstone ? (
        <td colSpan={Math.max(1, peek.columns.length)} data-note="">
          {error ?? 'tombstone'}
        </td>
      ) : (
        cells(peek, peek.rows[i] ?? {}, decimals)
      )}
    </tr>
  );
}
