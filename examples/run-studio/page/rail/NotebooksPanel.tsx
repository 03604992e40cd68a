import type { NotebookDocument, NotebookSummary, Session, Studio } from '@velostream/core/protocol/studio';
import { Button, Menu, useToasts } from '@velostream/react/ui';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { saveFile } from '../save-file.ts';
import { deleteNotebook, dropBlank } from '../session/delete-notebook.ts';
import type { CurrentSession } from '../session/use-current-session.ts';
import { DeleteNotebook } from './DeleteNotebook.tsx';

const EVERY_MS = 3_000;

export interface NotebooksPanelProps {
  readonly studio: Studio;
  readonly session: Session;
  readonly current: CurrentSession;
}

/** Notebooks: open, make, rename, export, import, delete. */
export function NotebooksPanel({ studio, session, current }: NotebooksPanelProps): ReactNode {
  const [all, setAll] = useState<readonly NotebookSummary[] | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<NotebookSummary | null>(null);
  const { show } = useToasts();
  const file = useRef<HTMLInputElement>(null);
  const refresh = useCallback(
    (isTold = true) => void studio.sessions.list().then(setAll, (e: Error) => isTold && show({ tone: 'negative', text: e.message })),
    [studio, show],
  );
  useEffect(() => {
    refresh();
    // Another tab, or another person, makes and deletes notebooks as well.
    const timer = setInterval(() => window.document.visibilityState === 'visible' && refresh(false), EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const act = (work: Promise<unknown>, then: () => void = () => refresh()): Promise<void> =>
    work.then(then, (e: Error) => show({ tone: 'negative', text: e.message }));
  const importFile = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    const made = await studio.sessions.import(JSON.parse(await chosen.text()) as NotebookDocument);
    current.open(made.id);
  };
  const remove = async (n: NotebookSummary): Promise<void> => {
    const { document, restore } = await deleteNotebook(studio, n.id);
    const instead = n.id === session.id ? await studio.sessions.create({ name: 'Untitled' }) : undefined;
    const undo = async (): Promise<void> => {
      const missing = await restore();
      show({
        tone: missing.length === 0 ? 'positive' : 'warning',
        text: `“${n.name}” is back`,
        ...(missing.length > 0 && { hint: `Connect ${missing.join(', ')} again: passwords are not kept.` }),
      });
      if (!instead) return refresh();
      current.open(n.id);
      await dropBlank(studio, instead.id);
    };
    const fail = ({ message }: Error): void => {
      const save = { label: 'Save it as a file', run: () => saveNotebook(document) };
      show({ tone: 'negative', text: `“${n.name}” could not be brought back: ${message}`, action: save });
    };
    show({ tone: 'neutral', text: `“${n.name}” is deleted`, action: { label: 'Undo', run: () => void undo().catch(fail) } });
    // Its row, and the button that began this, are gone.
    focusSoon('.velo-toast:last-of-type [data-action]');
    if (instead) current.open(instead.id);
    else refresh();
  };
  return (
    <>
      <header className="studio-drawer-head">
        <h2>Notebooks</h2>
        <Button look="quiet" icon="upload" aria-label="Import a notebook file" onClick={() => file.current?.click()} />
        <Button look="quiet" icon="plus" aria-label="New notebook" onClick={() => current.create('Untitled')} />
        <input ref={file} type="file" accept="application/json,.json" hidden onChange={(e) => void act(importFile(e.target.files?.[0]))} />
      </header>
      <ul className="studio-items">
        {all?.map((n) => (
          <li key={n.id} data-active={n.id === session.id ? '' : undefined}>
            {renaming === n.id ? (
              <form
                onSubmit={(e) => {
                  e.preventDefault();
                  const name = String(new FormData(e.currentTarget).get('name') ?? '').trim();
                  backToRow(e.currentTarget);
                  if (name !== '') void act(studio.sessions.rename(n.id, name));
                }}
              >
                <input
                  ref={takeFocus}
                  name="name"
                  className="velo-input"
                  defaultValue={n.name}
                  aria-label="New name"
                  onBlur={() => setRenaming(null)}
                  onKeyDown={(e) => {
                    if (e.key !== 'Escape') return;
                    // The name alone is left, not the drawer.
                    e.preventDefault();
                    backToRow(e.currentTarget);
                  }}
                />
              </form>
            ) : (
              <button type="button" className="studio-item" aria-current={n.id === session.id} onClick={() => current.open(n.id)}>
                <span>{n.name}</span>
                <span className="velo-muted velo-number">
                  {n.cellCount === 0 ? 'no cells' : `${n.cellCount} ${n.cellCount === 1 ? 'cell' : 'cells'}`}
                </span>
              </button>
            )}
            <Menu
              label={`Actions for ${n.name}`}
              items={[
                { key: 'rename', label: 'Rename', icon: 'edit', onSelect: () => setRenaming(n.id) },
                { key: 'export', label: 'Export as JSON', icon: 'download', onSelect: () => void act(exportNotebook(studio, n)) },
                { key: 'delete', label: `Delete “${n.name}”…`, icon: 'trash', onSelect: () => setDeleting(n) },
              ]}
            />
          </li>
        ))}
      </ul>
      <DeleteNotebook notebook={deleting} onDelete={(n) => act(remove(n), () => {})} onClose={() => setDeleting(null)} />
      {all?.length === 0 && <p className="velo-muted studio-pad">No notebook yet.</p>}
    </>
  );
}

const takeFocus = (input: HTMLInputElement | null): void => {
  input?.focus();
  input?.select();
};

/** To the button whose menu began it; the field closes with that. */
const backToRow = (within: Element): void => within.closest('li')?.querySelector<HTMLElement>('button[aria-haspopup]')?.focus();

async function exportNotebook(studio: Studio, n: NotebookSummary): Promise<void> {
  saveNotebook(await (await studio.sessions.open(n.id)).notebook.export());
}

const saveNotebook = (notebook: NotebookDocument): void =>
  saveFile(`${notebook.name}.velo.json`, JSON.stringify(notebook, null, 2), 'application/json');

/** As soon as no dialog holds the focus any more. */
function focusSoon(selector: string, frames = 60): void {
  requestAnimationFrame(() => {
    const isHeld = window.document.querySelector('dialog[open]') !== null;
    if (!isHeld) window.document.querySelector<HTMLElement>(selector)?.focus();
    else if (frames > 0) focusSoon(selector, frames - 1);
  });
}
