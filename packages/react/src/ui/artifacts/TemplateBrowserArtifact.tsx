import type { TemplateSummary } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { TemplateBrowser } from '../../template-browser/template-browser.ts';
import { useTemplateBrowser } from '../../template-browser/template-browser-state.ts';
import { pluralText } from '../../text/quantity-text.ts';
import { Button } from '../controls/Button.tsx';
import { MiniFlow } from './MiniFlow.tsx';

/** Templates as cards: a small data flow, what they answer, how much they hold. */
export function TemplateBrowserArtifact(): ReactNode {
  return (
    <TemplateBrowser.Root className="velo-templates">
      <div className="velo-toolbar">
        <TemplateBrowser.Search className="velo-input" />
        <TemplateBrowser.Categories className="velo-pills" />
      </div>
      <Cards />
      <TemplateBrowser.Empty className="velo-empty" />
    </TemplateBrowser.Root>
  );
}

function Cards(): ReactNode {
  const { use, inspect } = useTemplateBrowser('TemplateBrowserArtifact');
  return (
    <TemplateBrowser.Cards
      className="velo-cards"
      render={(props, { templates }) => (
        <ul {...props}>
          {templates.map((template) => (
            <TemplateCard key={template.id} template={template} use={use} inspect={inspect} />
          ))}
        </ul>
      )}
    />
  );
}

interface CardProps {
  readonly template: TemplateSummary;
  readonly use: ((template: TemplateSummary) => void) | null;
  readonly inspect: ((template: TemplateSummary) => void) | null;
}

function TemplateCard({ template, use, inspect }: CardProps): ReactNode {
  const { name, category, description, queryCount, metricsCount, alertsCount, questions, edges, popularity } = template;
  return (
    <li className="velo-template-card">
      <MiniFlow edges={edges} />
      <p className="velo-eyebrow">
        {category}
        {popularity !== undefined && <span className="velo-muted">{` · used ${popularity} times`}</span>}
      </p>
      <strong>{name}</strong>
      <p>{description}</p>
      {questions.length > 0 && (
        <ul className="velo-questions">
          {questions.slice(0, 2).map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      )}
      <p className="velo-muted">
        {[pluralText(queryCount, 'query', 'queries'), pluralText(metricsCount, 'metric'), pluralText(alertsCount, 'alert')].join(' · ')}
      </p>
      <div className="velo-toolbar">
        {use && (
          <Button aria-label={`Use template ${name}`} onClick={() => use(template)}>
            Use template
          </Button>
        )}
        {inspect && (
          <Button look="quiet" aria-label={`Details of ${name}`} onClick={() => inspect(template)}>
            Details
          </Button>
        )}
      </div>
    </li>
  );
}
