import type { SourceField, SourceSchema } from '@velostream/core/protocol/explore';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { coverageText } from '../text/coverage-text.ts';
import { countText, percentText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

const ORIGINS: Readonly<Record<SourceSchema['origin'], string>> = {
  declared: 'declared',
  registry: 'from the registry',
  inferred: 'inferred from samples',
};

function schemaTable(schema: SourceSchema) {
  return (
    <table key={schema.id} data-origin={schema.origin}>
      <caption>
        <strong>{schema.name}</strong> <span data-coverage="">{`${ORIGINS[schema.origin]}, ${coverageText(schema.coverage)}`}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Sample</th>
          <th scope="col" data-numeric="">
            Missing
          </th>
          <th scope="col" data-numeric="">
            Distinct
          </th>
        </tr>
      </thead>
      <tbody>{schema.fields.map((field) => fieldRow(field, schema))}</tbody>
    </table>
  );
}

/** Times come as milliseconds from where their type is known. */
const sampleOf = ({ sample, type }: SourceField): string =>
  sample === undefined ? '∅' : /^TIMESTAMP/i.test(type) && /^\d{12,14}$/.test(sample) ? exactTime(Number(sample)) : sample;

function fieldRow(field: SourceField, { eventTime, key }: SourceSchema) {
  const marks = [field.name === eventTime && 'event time', key?.includes(field.name) && 'key', ...(field.tags ?? [])].filter(
    (mark) => typeof mark === 'string',
  );
  return (
    <tr key={field.name}>
      <th scope="row">
        {field.name}
        {marks.map((mark) => (
          <span key={mark} data-badge="" data-tag={mark}>
            {mark}
          </span>
        ))}
      </th>
      <td data-type="">
        {field.type}
        {field.nullable === false ? ' NOT NULL' : ''}
      </td>
      <td data-sample="" data-null={field.sample === undefined ? '' : undefined}>
        {sampleOf(field)}
      </td>
      <td data-numeric="" data-label="Missing">
        {field.nullRate === undefined ? '–' : percentText(field.nullRate)}
      </td>
      <td data-numeric="" data-label="Distinct">
        {field.distinct === undefined ? '–' : countText(field.distinct)}
      </td>
    </tr>
  );
}

/** One table of fields per source, with type, a sample value and what else is known. */
export const SchemaViewerFields: Part<'div', ArtifactView<'schema-viewer'>> = definePart({
  name: 'SchemaViewer.Fields',
  tag: 'div',
  use: dataHookOf('schema-viewer', 'SchemaViewer'),
  own: ({ artifact }) => ({ children: artifact.data.schemas.map((schema) => schemaTable(schema)) }),
});
