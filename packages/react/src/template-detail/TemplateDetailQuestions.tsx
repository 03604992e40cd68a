import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Questions that the template answers. */
export const TemplateDetailQuestions: Part<'ul', ArtifactView<'app-preview'>> = definePart({
  name: 'TemplateDetail.Questions',
  tag: 'ul',
  use: dataHookOf('app-preview', 'TemplateDetail'),
  own: ({ artifact: { data } }) =>
    !data.template || data.template.questions.length === 0
      ? null
      : { 'aria-label': 'Questions it answers', children: data.template.questions.map((text) => <li key={text}>{text}</li>) },
});
