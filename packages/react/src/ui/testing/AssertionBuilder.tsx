import type { Assertion } from '@velostream/core/protocol/explore';
import { type ReactNode, useId } from 'react';
import { ASSERTION_FORMS, type AssertionField, fieldText, formOf, withField } from '../../workbench/assertion-forms.ts';
import { Button } from '../controls/Button.tsx';

export interface AssertionBuilderProps {
  readonly assertions: readonly Assertion[];
  readonly onChange: (assertions: readonly Assertion[]) => void;
  /** Columns of the output, offered while a field is typed. */
  readonly columns?: readonly string[] | undefined;
}

/** Assertions as a list of small forms. */
export function AssertionBuilder({ assertions, onChange, columns = [] }: AssertionBuilderProps): ReactNode {
  const listId = useId();
  const replace = (at: number, assertion: Assertion): void => onChange(assertions.map((other, i) => (i === at ? assertion : other)));
  return (
    <fieldset className="velo-builder">
      <legend>Assertions</legend>
      <datalist id={listId}>
        {columns.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ul>
        {assertions.map((assertion, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two assertions may be alike; the place tells them apart
          <li key={at}>
            <strong>{formOf(assertion.type)?.label ?? assertion.type}</strong>
            <div className="velo-fields">
              {(formOf(assertion.type)?.fields ?? []).map((field) => (
                <ParameterField
                  key={field.name}
                  field={field}
                  value={fieldText(assertion, field)}
                  listId={listId}
                  onChange={(typed) => replace(at, withField(assertion, field, typed))}
                />
              ))}
            </div>
            <Button
              look="quiet"
              icon="trash"
              aria-label={`Remove: ${formOf(assertion.type)?.label ?? assertion.type}`}
              onClick={() => onChange(assertions.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ul>
      <select
        className="velo-select"
        aria-label="Add an assertion"
        value=""
        onChange={(event) => {
          const form = formOf(event.currentTarget.value);
          if (form) onChange([...assertions, form.start]);
        }}
      >
        <option value="">Add an assertion…</option>
        {ASSERTION_FORMS.map(({ type, label }) => (
          <option key={type} value={type}>
            {label}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

interface ParameterFieldProps {
  readonly field: AssertionField;
  readonly value: string;
  readonly listId: string;
  readonly onChange: (typed: string) => void;
}

function ParameterField({ field, value, listId, onChange }: ParameterFieldProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is one of two, both inside
    <label className="velo-field">
      {field.label}
      {field.input === 'choice' ? (
        <select className="velo-select" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {(field.options ?? []).map((option) => (
            <option key={option} value={option}>
              {option.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="velo-input"
          type={field.input === 'number' ? 'number' : 'text'}
          step="any"
          list={field.input === 'text' && field.name === 'field' ? listId : undefined}
          defaultValue={value}
          onBlur={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onChange(event.currentTarget.value);
          }}
        />
      )}
    </label>
  );
}
