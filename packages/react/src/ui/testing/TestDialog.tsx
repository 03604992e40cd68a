import type { Assertion, DataSchema, TestRequest } from '@velostream/core/protocol/explore';
import { type ReactNode, useId, useState } from 'react';
import { toError } from '../../studio/use-loaded.ts';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { AssertionBuilder } from './AssertionBuilder.tsx';
import { SchemaEditor } from './SchemaEditor.tsx';

export interface TestDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** Inferred from the SQL, one per source. */
  readonly schemas: readonly DataSchema[];
  readonly assertions?: readonly Assertion[] | undefined;
  /** Columns of the output. */
  readonly columns?: readonly string[] | undefined;
  readonly onClose: () => void;
  readonly onRun: (request: TestRequest) => void | Promise<unknown>;
  /** Reads a schema file; without it, JSON alone is taken. */
  readonly readSchemaFile?: ((text: string, name: string) => readonly DataSchema[]) | undefined;
  /** Asks the assistant for schemas; left out where there is none. */
  readonly onSuggestSchemas?: (() => Promise<readonly DataSchema[]>) | undefined;
}

const RECORDS = 1_000;
const SEED = 42;

function readJson(text: string): readonly DataSchema[] {
  const read: unknown = JSON.parse(text);
  const all = Array.isArray(read) ? read : [read];
  if (!all.every((one) => typeof one?.name === 'string' && Array.isArray(one?.fields)))
    throw new Error('the file holds no schema: it needs a name and fields');
  return all as readonly DataSchema[];
}

/** What a test runs on and what it checks: schemas (inferred, from a file, or proposed), records, seed, assertions. */
export function TestDialog(props: TestDialogProps): ReactNode {
  const { isOpen, title, onClose } = props;
  return (
    <Dialog isOpen={isOpen} title={title} onClose={onClose} size="large">
      <TestForm {...props} />
    </Dialog>
  );
}

function TestForm({
  schemas: inferred,
  assertions: given = [],
  columns,
  onRun,
  onClose,
  readSchemaFile = readJson,
  onSuggestSchemas,
}: TestDialogProps): ReactNode {
  const [schemas, setSchemas] = useState(inferred);
  const [assertions, setAssertions] = useState(given);
  const [records, setRecords] = useState(RECORDS);
  const [seed, setSeed] = useState(SEED);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const fileId = useId();

  const attempt = async (work: () => unknown): Promise<void> => {
    setFailure(null);
    setIsBusy(true);
    try {
      await work();
    } catch (reason) {
      setFailure(toError(reason).message);
    } finally {
      setIsBusy(false);
    }
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (file) await attempt(async () => setSchemas(readSchemaFile(await file.text(), file.name)));
  };
  const run = (): Promise<void> =>
    attempt(async () => {
      await onRun({
        schemas: Object.fromEntries(schemas.map((schema) => [schema.name, schema])),
        records,
        seed,
        ...(assertions.length > 0 && { assertions }),
      });
      onClose();
    });
  return (
    <form
      className="velo-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className="velo-fields">
        <NumberField label="Records per source" value={records} min={1} onChange={setRecords} />
        <NumberField label="Seed" value={seed} min={0} onChange={setSeed} hint="the same seed gives the same rows" />
        <div className="velo-field">
          <label htmlFor={fileId}>Schema from a file</label>
          <input id={fileId} type="file" accept=".json,.yaml,.yml" onChange={(event) => void takeFile(event.currentTarget.files?.[0])} />
        </div>
      </div>
      <div className="velo-toolbar">
        <Button look="quiet" icon="refresh" onClick={() => setSchemas(inferred)}>
          As inferred from the SQL
        </Button>
        {onSuggestSchemas && (
          <Button look="quiet" icon="bulb" disabled={isBusy} onClick={() => void attempt(async () => setSchemas(await onSuggestSchemas()))}>
            Ask the assistant
          </Button>
        )}
      </div>
      {schemas.map((schema, at) => (
        <SchemaEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: schemas of one test keep their order
          key={at}
          schema={schema}
          onChange={(next) => setSchemas(schemas.map((other, i) => (i === at ? next : other)))}
        />
      ))}
      <AssertionBuilder assertions={assertions} onChange={setAssertions} columns={columns} />
      {failure !== null && (
        <p role="alert" className="velo-note" data-tone="negative">
          {failure}
        </p>
      )}
      <div className="velo-toolbar">
        <span className="velo-spacer" />
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" icon="test" isPending={isBusy}>
          Run test
        </Button>
      </div>
    </form>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly hint?: string;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, value, min, hint, onChange }: NumberFieldProps): ReactNode {
  return (
    <label className="velo-field">
      {label}
      <input
        className="velo-input"
        type="number"
        min={min}
        value={value}
        onChange={(event) => onChange(Math.max(min, Math.round(event.currentTarget.valueAsNumber || 0)))}
      />
      {hint !== undefined && <span className="velo-muted">{hint}</span>}
    </label>
  );
}
