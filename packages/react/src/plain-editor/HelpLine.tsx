import type { ReactNode } from 'react';
import type { LanguageHelp } from './use-language-help.ts';

export interface HelpLineProps {
  readonly id: string;
  readonly help: LanguageHelp;
  readonly problem: string | undefined;
}

/** What is known about the place of the cursor, in words, told to those who cannot see it as well. */
export function HelpLine({ id, help: { signature, hover, ghost }, problem }: HelpLineProps): ReactNode {
  const active = signature?.parameters[signature.activeParameter];
  return (
    <div id={id} className="velo-help" role="status" aria-live="polite">
      {problem !== undefined && <p data-help="problem">{problem}</p>}
      {signature && (
        <p data-help="signature">
          <code>{signature.label}</code>
          {active && <> · {active.documentation ?? active.label}</>}
        </p>
      )}
      {!signature && hover !== null && <p data-help="hover">{hover.split('\n')[0]}</p>}
      {ghost !== null && ghost !== '' && (
        <p data-help="ghost">
          <kbd>Tab</kbd> writes <code>{ghost}</code>
        </p>
      )}
    </div>
  );
}
