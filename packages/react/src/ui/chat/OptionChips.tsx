import type { ReactNode } from 'react';

export interface OptionChipsProps {
  readonly question?: string | undefined;
  readonly options: readonly { readonly label: string; readonly prompt: string }[];
  readonly onChoose: ((prompt: string) => void) | null;
}

/** Answers or questions that one press sends. */
export function OptionChips({ question, options, onChoose }: OptionChipsProps): ReactNode {
  return (
    <fieldset className="velo-options" aria-label={question ?? 'Suggestions'}>
      {question !== undefined && <p>{question}</p>}
      {options.map(({ label, prompt }) => (
        <button key={label} type="button" className="velo-option" disabled={!onChoose} onClick={() => onChoose?.(prompt)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}
