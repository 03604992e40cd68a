import type { Connection, Session, Studio } from '@velostream/core/protocol/studio';
import { Button, useToasts } from '@velostream/react/ui';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { isWithoutRows } from './without-rows.ts';

const EXAMPLES = [
  'kafka://localhost:9092',
  'file:///data/*.csv',
  's3://bucket/prefix',
  'postgres://host:5432/shop',
  'clickhouse://host:8123/default',
];

export interface ConnectFormProps {
  readonly studio: Studio;
  readonly session: Session;
  readonly onConnected: () => void;
}

/** A URI, a name for it, and what the system answers. Passwords go to the server and are not kept by the page. */
export function ConnectForm({ studio, session, onConnected }: ConnectFormProps): ReactNode {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error?: string; readonly place?: string }>({ isBusy: false });
  const { show: toast } = useToasts();
  const examples = useId();
  /** Files that are not there are no connection; a broker without topics and a file without rows are one, and say so. */
  const found = async ({ id, type, uri, details }: Connection): Promise<void> => {
    if (type === 'file' && details?.['sources'] === 1 && (await isWithoutRows(studio, session, id)))
      return toast({
        tone: 'warning',
        text: `${uri} is connected and has no rows yet. Write some into it, with the names of the columns in the first line of a CSV file; then ask again.`,
      });
    if (details?.['sources'] !== 0) return;
    if (type !== 'file') return toast({ tone: 'warning', text: `${uri} is connected and holds nothing yet. “List again” looks anew.` });
    await session.disconnect(id);
    throw new Error(`nothing is at ${uri}. Correct the path: a file, a folder, or a pattern such as *.csv`);
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const options = Object.fromEntries(['username', 'password'].flatMap((name) => (text(name) === '' ? [] : [[name, text(name)]])));
    setState({ isBusy: true, place: /:\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(text('uri'))?.[1] ?? 'it' });
    session
      .connect(text('uri'), {
        ...(text('as') === '' ? {} : { as: text('as') }),
        ...(text('format') === '' ? {} : { format: text('format') }),
        options,
      })
      .then(found)
      .then(onConnected, (e: Error & { hint?: string }) =>
        setState({ isBusy: false, error: [e.message, e.hint].filter(Boolean).join('. ') }),
      );
  };
  return (
    <form className="studio-form" onSubmit={submit}>
      <label>
        URI
        <input className="velo-input" name="uri" required list={examples} placeholder="kafka://localhost:9092" />
      </label>
      <datalist id={examples}>
        {EXAMPLES.map((uri) => (
          <option key={uri} value={uri} />
        ))}
      </datalist>
      <div className="studio-two">
        <label>
          Name
          <input className="velo-input" name="as" placeholder="optional" />
        </label>
        <label>
          Format
          <input className="velo-input" name="format" placeholder="found by itself" />
        </label>
      </div>
      <details className="velo-fold">
        <summary>Credentials</summary>
        <div className="studio-two">
          <label>
            User
            <input className="velo-input" name="username" autoComplete="off" />
          </label>
          <label>
            Password
            <input className="velo-input" name="password" type="password" autoComplete="off" />
          </label>
        </div>
      </details>
      {state.error !== undefined && (
        <p className="velo-note" data-tone="negative" role="alert">
          {state.error}
        </p>
      )}
      <p className="velo-muted" role="status">
        {state.isBusy && `Asking ${state.place} what it holds; an answer comes within 15 seconds.`}
      </p>
      <Button look="primary" type="submit" isPending={state.isBusy}>
        Connect
      </Button>
    </form>
  );
}
