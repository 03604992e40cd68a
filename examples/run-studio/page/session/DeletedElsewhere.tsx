import { Button } from '@velostream/react/ui';
import type { ReactNode } from 'react';

export interface DeletedElsewhereProps {
  readonly name: string;
  readonly onNotebooks: () => void;
  readonly onNew: () => void;
}

/** Stands where the notebook was: nothing can be asked in one that is gone. */
export const DeletedElsewhere = ({ name, onNotebooks, onNew }: DeletedElsewhereProps): ReactNode => (
  <section className="studio-center" role="alert">
    <h1>{`“${name}” was deleted`}</h1>
    <p>In another tab, or by somebody else. Undo it there, and it is here again. What was deployed from it goes on running.</p>
    <div className="velo-toolbar">
      <Button look="primary" onClick={onNotebooks}>
        Open another notebook
      </Button>
      <Button onClick={onNew}>New notebook</Button>
    </div>
  </section>
);
