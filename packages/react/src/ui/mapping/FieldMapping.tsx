import type { MappingProposal } from '@velostream/core/protocol/deploy';
import { type ReactNode, useState } from 'react';
import { percentText } from '../../text/quantity-text.ts';
import { type FieldChoice, type FieldMappingState, type MappedField, useFieldMapping } from '../../workbench/field-mapping.ts';
import { Button } from '../controls/Button.tsx';

export interface FieldMappingProps {
  readonly mapping: MappingProposal;
  readonly onChange?: ((choice: FieldChoice) => void) | undefined;
}

const ROW = 40;
const GAP = 96;
const DRAG_TYPE = 'application/x-velostream-field';
const STATUS_WORDS = { exact: 'same name', suggested: 'suggested', missing: 'missing', chosen: 'chosen' } as const;

/**
 * Template fields on the left, real fields on the right, lines between them: solid where names agree, dashed where it is a guess.
 * A real field is dragged onto a template field, or chosen from the list of the template field with the keyboard.
 */
export function FieldMapping({ mapping, onChange }: FieldMappingProps): ReactNode {
  const state = useFieldMapping(mapping, onChange);
  const height = Math.max(state.fields.length, state.actualFields.length) * ROW;
  return (
    <section className="velo-mapping" aria-label={`Mapping of ${mapping.topic}`}>
      <header className="velo-toolbar">
        <strong>{mapping.topic}</strong>
        <span className="velo-muted">{`onto ${mapping.actualTopic ?? 'no topic yet'}`}</span>
        <span className="velo-spacer" />
        <span className="velo-muted">{state.isComplete ? 'complete' : 'fields are missing'}</span>
        {state.reset && (
          <Button look="quiet" onClick={state.reset}>
            Reset
          </Button>
        )}
      </header>
      <div className="velo-mapping-sides">
        <ol aria-label="Fields of the template">
          {state.fields.map((field) => (
            <TemplateRow key={field.template} field={field} state={state} />
          ))}
        </ol>
        <Lines state={state} height={height} />
        <ul aria-label="Real fields">
          {state.actualFields.map((name) => (
            <li
              key={name}
              className="velo-mapping-actual"
              draggable
              data-used={state.usedBy.has(name) ? '' : undefined}
              onDragStart={(event) => {
                event.dataTransfer.setData(DRAG_TYPE, name);
                event.dataTransfer.effectAllowed = 'link';
              }}
            >
              {name}
            </li>
          ))}
        </ul>
      </div>
      {mapping.warnings.length > 0 && (
        <ul className="velo-note" data-tone="warning">
          {mapping.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TemplateRow({ field, state }: { readonly field: MappedField; readonly state: FieldMappingState }): ReactNode {
  const [isOver, setIsOver] = useState(false);
  const { template, actual, status, confidence, reason, cast } = field;
  return (
    <li
      className="velo-mapping-row"
      data-status={status}
      data-over={isOver ? '' : undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const name = event.dataTransfer.getData(DRAG_TYPE);
        if (!state.actualFields.includes(name)) return;
        event.preventDefault();
        state.assign(template, name);
      }}
    >
      <span className="velo-mapping-name">
        <strong>{template}</strong>
        <span className="velo-muted" title={reason}>
          {status === 'suggested' ? `${STATUS_WORDS[status]}, ${percentText(confidence)}` : STATUS_WORDS[status]}
          {cast !== undefined && ', cast'}
        </span>
      </span>
      <select
        className="velo-select"
        aria-label={`Real field for ${template}`}
        value={actual ?? ''}
        onChange={(event) => state.assign(template, event.currentTarget.value === '' ? null : event.currentTarget.value)}
      >
        <option value="">not mapped</option>
        {state.actualFields.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </li>
  );
}

function Lines({ state, height }: { readonly state: FieldMappingState; readonly height: number }): ReactNode {
  return (
    <svg className="velo-mapping-lines" width={GAP} height={height} viewBox={`0 0 ${GAP} ${height}`} aria-hidden="true">
      {state.fields.map(({ template, actual, status }, i) => {
        const at = actual === null ? -1 : state.actualFields.indexOf(actual);
        if (at < 0) return null;
        const from = (i + 0.5) * ROW;
        const to = (at + 0.5) * ROW;
        return <path key={template} data-status={status} d={`M0 ${from}C${GAP / 2} ${from} ${GAP / 2} ${to} ${GAP} ${to}`} />;
      })}
    </svg>
  );
}
