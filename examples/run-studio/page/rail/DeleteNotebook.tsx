import type { NotebookSummary } from '@velostream/core/protocol/studio';
import { Button, Dialog } from '@velostream/react/ui';
import { type ReactNode, useState } from 'react';

export interface DeleteNotebookProps {
  /** Which one is asked about; `null` while nobody is. */
  readonly notebook: NotebookSummary | null;
  readonly onDelete: (notebook: NotebookSummary) => Promise<void>;
  readonly onClose: () => void;
}

const holds = ({ cellCount }: NotebookSummary): string =>
  cellCount === 0
    ? 'Its conversation and results'
    : `Its conversation, ${cellCount === 1 ? 'its query' : `its ${cellCount} cells`} and results`;

/** Asks before a notebook is gone; a message then offers to bring it back, as long as it stands there. */
export function DeleteNotebook({ notebook, onDelete, onClose }: DeleteNotebookProps): ReactNode {
  const [isBusy, setIsBusy] = useState(false);
  const confirm = async (asked: NotebookSummary): Promise<void> => {
    setIsBusy(true);
    await onDelete(asked).finally(() => setIsBusy(false));
    onClose();
  };
  return (
    <Dialog isOpen={notebook !== null} size="small" title={notebook ? `Delete “${notebook.name}”?` : ''} onClose={onClose}>
      {notebook && (
        <div className="velo-stack">
          <p>{`${holds(notebook)} go with it; you can undo that right after. What was deployed from it goes on running.`}</p>
          <div className="velo-toolbar">
            <span className="velo-spacer" />
            <Button data-first="" onClick={onClose}>
              Keep it
            </Button>
            <Button look="danger" isPending={isBusy} onClick={() => void confirm(notebook)}>
              Delete notebook
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
