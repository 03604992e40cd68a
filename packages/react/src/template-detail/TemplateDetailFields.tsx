import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Fields that the template expects of the data. */
export const TemplateDetailFields: Part<'table', ArtifactView<'app-preview'>> = definePart({
  name: 'TemplateDetail.Fields',
  tag: 'table',
  use: dataHookOf('app-preview', 'TemplateDetail'),
  own: ({ artifact: { data } }) =>
    !data.template
      ? null
      : {
          'aria-label': 'Expected fields',
          children: (
            <>
              <thead>
                <tr>
                  <th scope="col">Topic</th>
                  <th scope="col">Field</th>
                  <th scope="col">Type</th>
                  <th scope="col">Needed</th>
                </tr>
              </thead>
              <tbody>
                {data.template.inputs.flatMap(({ topic, fields }) =>
                  fields.map((field) => (
                    <tr key={`${topic}.${field.name}`} data-required={field.required ? '' : undefined}>
                      <td>{topic}</td>
                      <th scope="row">{field.name}</th>
                      <td data-type="">{field.type}</td>
                      <td>{field.required ? 'yes' : 'optional'}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </>
          ),
        },
});
