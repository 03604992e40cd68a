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
  own: (state) =>
    state.sources.length === 0
      ? null
      : {
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
                  {state.sources.some(hasSize) && (
                    <th scope="col" data-numeric="">
                      Size
                    </th>
                  )}
                  {state.sources.some(hasTime) && <th scope="col">Last record</th>}
                  {(state.inspect || state.peek) && (
                    <th scope="col">
                      <span data-visually-hidden="">Actions</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>{state.sources.map((source) => sourceRow(source, state))}</tbody>
            </>
          ),
        },
});

const hasSize = ({ sizeBytes }: SourceInfo): boolean => sizeBytes !== undefined;
const hasTime = ({ lastRecordAt }: SourceInfo): boolean => lastRecordAt !== undefined;

function sourceRow(source: SourceInfo, { inspect, peek, sources }: TopicListState) {
  const { recordCount, sizeBytes, lastRecordAt, partitions } = source;
  return (
    <tr key={source.id} data-kind={source.kind} data-test={source.isTest ? '' : undefined}>
      <th scope="row">
        {source.namespace !== undefined && <span data-namespace="">{source.namespace}.</span>}
        {source.name}
        {source.isTest === true && <span data-badge="">test</span>}
      </th>
      <td data-numeric="">{partitions?.length ?? '–'}</td>
      <td data-numeric="" title={recordCount === undefined ? undefined : countText(recordCount)}>
        {recordCount === undefined ? '–' : compactText(recordCount)}
      </td>
      {sources.some(hasSize) && <td data-numeric="">{sizeBytes === undefined ? '–' : bytesText(sizeBytes)}</td>}
      {sources.some(hasTime) && <td>{lastRecordAt === undefined ? '–' : <TimeAgo at={lastRecordAt} />}</td>}
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
