import { definePart, type Part } from '../parts/define-part.ts';
import { pluralText } from '../text/quantity-text.ts';
import { type TemplateBrowserState, useTemplateBrowser } from './template-browser-state.ts';

/** One card per template: what it is for, how much it holds, and buttons. */
export const TemplateBrowserCards: Part<'ul', TemplateBrowserState> = definePart({
  name: 'TemplateBrowser.Cards',
  tag: 'ul',
  use: useTemplateBrowser,
  own: ({ templates, use, inspect }) =>
    templates.length === 0
      ? null
      : {
          'aria-label': 'Templates',
          children: templates.map((template) => (
            <li key={template.id} data-category={template.category}>
              <strong>{template.name}</strong> <span data-category-name="">{template.category}</span>
              <p>{template.description}</p>
              <p data-contents="">
                {[
                  pluralText(template.queryCount, 'query', 'queries'),
                  pluralText(template.metricsCount, 'metric'),
                  pluralText(template.alertsCount, 'alert'),
                ].join(', ')}
              </p>
              {inspect && (
                <button type="button" onClick={() => inspect(template)} aria-label={`Details of ${template.name}`}>
                  Details
                </button>
              )}
              {use && (
                <button type="button" onClick={() => use(template)} aria-label={`Use ${template.name}`}>
                  Use
                </button>
              )}
            </li>
          )),
        },
});
