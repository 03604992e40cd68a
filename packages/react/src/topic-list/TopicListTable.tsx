import type { SourceInfo } from '@velostream/core/protocol/explore';
import { definePart, type Part } from '../parts/define-part.ts';
import { bytesText, compactText, countText } from '../text/quantity-text.ts';
import { TimeAgo } from '../text/TimeAgo.tsx';
import { type TopicListState, useTopicList } from './topic-list-state.ts';

/** Name, kind, partitions, records, size and last record of each source. */
export const TopicListTable: Part<'table', TopicListState> = definePart({
  name: 'TopicList.Table',
  tag: 'table',
  use: useTopicList,
  own: (state) => {
    if (state.sources.length === 0) return null;
    const columns = columnsOf(state.sources);
    return {
      'aria-label': state.view.artifact.title,
      children: (
        <>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" data-numeric="">
                Partitions
              </th>
              <th scope="col" data-numeric="">
                Messages
              </th>
              {columns.size && (
                <th scope="col" data-numeric="">
                  Size
                </th>
              )}
              {columns.time && <th scope="col">Last record</th>}
              {(state.inspect || state.peek) && (
                <th scope="col">
                  <span data-visually-hidden="">Actions</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>{state.sources.map((source) => sourceRow(source, state, columns))}</tbody>
        </>
      ),
    };
  },
});

/** Columns that stand only where a source has something to say in them. */
interface Columns {
  readonly size: boolean;
  readonly time: boolean;
}

const columnsOf = (sources: readonly SourceInfo[]): Columns => ({
  size: sources.some(({ sizeBytes }) => sizeBytes !== undefined),
  time: sources.some(({ lastRecordAt }) => lastRecordAt !== undefined),
});

function sourceRow(source: SourceInfo, { inspect, peek }: TopicListState, columns: Columns) {
  const { recordCount, sizeBytes, lastRecordAt, partitions } = source;
  return (
    <tr key={source.id} data-kind={source.kind} data-test={source.isTest ? '' : undefined}>
      <th scope="row">
        {source.namespace !== undefined && <span data-namespace="">{source.namespace}.</span>}
        {source.name}
        {source.isTest === true && <span data-badge="">test</span>}
      </th>
      <td data-numeric="" data-label="Partitions">
        {partitions?.length ?? '–'}
      </td>
      <td data-numeric="" data-label="Messages" title={recordCount === undefined ? undefined : countText(recordCount)}>
        {recordCount === undefined ? '–' : compactText(recordCount)}
      </td>
      {columns.size && (
        <td data-numeric="" data-label="Size">
          {sizeBytes === undefined ? '–' : bytesText(sizeBytes)}
        </td>
      )}
      {columns.time && <td data-label="Last record">{lastRecordAt === undefined ? '–' : <TimeAgo at={lastRecordAt} />}</td>}
      {(inspect || peek) && (
        <td data-actions="">
          {inspect && (
            <button type="button" onClick={() => inspect(source)} aria-label={`Schema of ${source.name}`}>
              Schema
            </button>
          )}
          {peek && (
            <button type="button" onClick={() => peek(source)} aria-label={`Records of ${source.name}`}>
              Records
            </button>
          )}
        </td>
      )}
    </tr>
  );
}
