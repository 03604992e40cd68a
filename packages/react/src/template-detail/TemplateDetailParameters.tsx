import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Parameters with their defaults. */
export const TemplateDetailParameters: Part<'dl', ArtifactView<'app-preview'>> = definePart({
  name: 'TemplateDetail.Parameters',
  tag: 'dl',
  use: dataHookOf('app-preview', 'TemplateDetail'),
  own: ({ artifact: { data } }) => {
    const all = (data.template?.queries ?? []).flatMap(({ parameters }) => Object.entries(parameters));
    return all.length === 0
      ? null
      : {
          'aria-label': 'Parameters',
          children: [...new Map(all)].map(([name, parameter]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {String(parameter.default)}
                {parameter.description !== undefined && <span data-description="">{parameter.description}</span>}
              </dd>
            </div>
          )),
        };
  },
});
