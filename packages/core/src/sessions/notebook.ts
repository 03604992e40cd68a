import { invalidRequest, notebookConflict, notFound, tooMany } from '../diagnostics/codes/studio.ts';
import type { Artifact } from '../protocol/artifacts/artifact.ts';
import type { Cell, CellTestConfig, ChatMessage, Choices, NotebookDocument, ThreadContext } from '../protocol/studio/notebook.ts';
import type { ChangeOptions, Notebook } from '../protocol/studio/session.ts';
import type { StoredSummary } from '../protocol/studio/store.ts';
import type { SuiteReport, TestRequest } from '../protocol/studio/testing.ts';
import { newId } from './new-id.ts';
import { publicText } from './public-text.ts';
import { mapTexts } from './secret-free-store.ts';
import type { SessionRuntime } from './session-runtime.ts';
import { withoutSecretValue } from './withheld.ts';

const CELLS_MAX = 500;
const MESSAGES_MAX = 5_000;
const VERSIONS_MAX = 20;
const ARTIFACTS_MAX = 2_000;

export interface NotebookSetup {
  readonly runtime: SessionRuntime;
  readonly document: NotebookDocument;
  name(): string;
  /** It was renamed elsewhere. */
  renamed(name: string): void;
  context(): ThreadContext;
  test(cells: readonly Cell[], request: TestRequest | undefined, config: CellTestConfig | undefined): Promise<SuiteReport>;
}

/**
 * Cells, messages and artifacts of one thread, kept in memory and saved after each change. Saves that come while one is under way
 * become one. What another studio on the store has saved meanwhile is merged in; where both changed one cell, theirs stays and the change is refused.
 * The newest 20 versions of an artifact are kept.
 */
export class ThreadNotebook implements Notebook {
  cells: readonly Cell[];
  messages: readonly ChatMessage[];
  artifacts: readonly Artifact[];
  testConfig: CellTestConfig | undefined;
  updatedAt: number;
  private readonly setup: NotebookSetup;
  private metadata: Readonly<Record<string, unknown>>;
  private saving: Promise<void> | undefined;
  private again: Promise<void> | undefined;
  private deleted = false;
  /** What the store has, as far as this notebook knows; what is here was made from it. */
  private stored: NotebookDocument;

  constructor(setup: NotebookSetup) {
    const { document } = setup;
    this.setup = setup;
    this.cells = document.cells;
    this.messages = document.messages;
    this.artifacts = document.artifacts;
    this.testConfig = document.testConfig;
    this.metadata = document.metadata;
    this.updatedAt = document.updatedAt;
    this.stored = document;
  }

  async addCell(cell: Partial<Omit<Cell, 'id'>> & Pick<Cell, 'type'>): Promise<Cell> {
    if (this.cells.length >= CELLS_MAX) throw tooMany('cells in this notebook', CELLS_MAX);
    const now = this.now();
    const added: Cell = { ...cell, id: newId('cell', this.setup.runtime.rng), revision: 1, createdAt: now, updatedAt: now };
    this.cells = [...this.cells, added];
    await this.changed();
    return added;
  }

  async updateCell(id: string, change: Partial<Omit<Cell, 'id'>>, options: ChangeOptions = {}): Promise<Cell> {
    const old = this.cellOf(id, options);
    const revision = (old.revision ?? 0) + 1;
    const updated: Cell = { ...old, ...change, id, revision, createdAt: old.createdAt, updatedAt: this.now() };
    this.cells = this.cells.map((c) => (c.id === id ? updated : c));
    await this.changed();
    return updated;
  }

  async removeCell(id: string, options: ChangeOptions = {}): Promise<void> {
    this.cellOf(id, options);
    this.cells = this.cells.filter((c) => c.id !== id);
    await this.changed();
  }

  async moveCell(id: string, index: number): Promise<void> {
    const cell = this.cellOf(id);
    if (!Number.isInteger(index) || index < 0 || index >= this.cells.length) {
      throw invalidRequest(`position ${index} is outside of the notebook`, `Use 0 to ${this.cells.length - 1}.`);
    }
    const rest = this.cells.filter((c) => c.id !== id);
    this.cells = [...rest.slice(0, index), cell, ...rest.slice(index)];
    await this.changed();
  }

  async addMessage(message: Omit<ChatMessage, 'id' | 'at'>): Promise<ChatMessage> {
    const text = publicText(message.text);
    const approval = message.approval && mapTexts(message.approval, (value, _, field) => withoutSecretValue(value, field));
    const added: ChatMessage = {
      ...message,
      text,
      ...(approval && { approval }),
      id: newId('msg', this.setup.runtime.rng),
      at: this.now(),
    };
    this.messages = [...this.messages, added].slice(-MESSAGES_MAX);
    await this.changed();
    return added;
  }

  async offer(choices: Choices): Promise<void> {
    const last = this.messages.at(-1);
    if (last?.role !== 'assistant') return;
    const kept = mapTexts(choices, (value, _, field) => withoutSecretValue(value, field));
    this.messages = [...this.messages.slice(0, -1), { ...last, choices: kept }];
    await this.changed();
  }

  async putArtifact(artifact: Artifact): Promise<void> {
    const same = this.artifacts.filter((a) => a.id === artifact.id && a.version !== artifact.version);
    const drop = new Set(same.length >= VERSIONS_MAX ? same.slice(0, same.length - VERSIONS_MAX + 1) : []);
    const rest = this.artifacts.filter((a) => !drop.has(a) && !(a.id === artifact.id && a.version === artifact.version));
    this.artifacts = [...rest, artifact].slice(-ARTIFACTS_MAX);
    await this.changed();
  }

  async setTestConfig(config: CellTestConfig | undefined): Promise<void> {
    this.testConfig = config;
    await this.changed();
  }

  test(request?: TestRequest): Promise<SuiteReport> {
    return this.setup.test(this.cells, request, this.testConfig);
  }

  /** Resolves when everything up to this call is stored. */
  save(): Promise<void> {
    if (this.deleted) return Promise.resolve();
    if (!this.saving) {
      this.saving = this.write().finally(() => {
        this.saving = undefined;
      });
      return this.saving;
    }
    this.again ??= this.saving
      .catch(() => {})
      .then(() => {
        this.again = undefined;
        return this.save();
      });
    return this.again;
  }

  /** A file for anybody: whose notebook it was, and secrets in its SQL, stay here. */
  async export(): Promise<NotebookDocument> {
    const { owner: _owner, revision: _revision, ...file } = this.document();
    return mapTexts(file, (text, _, field) => withoutSecretValue(text, field));
  }

  /** After a deletion nothing writes the notebook back. */
  forget(): void {
    this.deleted = true;
  }

  document(): NotebookDocument {
    const { document } = this.setup;
    return {
      version: 1,
      id: document.id,
      name: this.setup.name(),
      ...(document.owner === undefined ? {} : { owner: document.owner }),
      cells: this.cells,
      context: this.setup.context(),
      messages: this.messages,
      artifacts: this.artifacts,
      ...(this.testConfig === undefined ? {} : { testConfig: this.testConfig }),
      metadata: this.metadata,
      ...(this.stored.revision === undefined ? {} : { revision: this.stored.revision }),
      createdAt: document.createdAt,
      updatedAt: this.updatedAt,
    };
  }

  changed(): Promise<void> {
    this.updatedAt = this.now();
    return this.save();
  }

  private async write(): Promise<void> {
    const { store } = this.setup.runtime;
    const conflicts: string[] = [];
    for (;;) {
      const before = this.stored.revision ?? 0;
      const document: NotebookDocument = { ...this.document(), revision: before + 1 };
      const entry = entryOf(document);
      const isStored =
        store.replace === undefined ? store.put('notebooks', entry).then(() => true) : store.replace('notebooks', entry, before);
      if (await isStored) {
        this.stored = document;
        if (conflicts.length > 0) throw notebookConflict(conflicts);
        return;
      }
      conflicts.push(...(await this.takeIn()));
    }
  }

  /** Another studio on the store was faster: what it stored becomes part of this notebook. Gives the cells that both changed. */
  private async takeIn(): Promise<readonly string[]> {
    const { id } = this.setup.document;
    const theirs = (await this.setup.runtime.store.get('notebooks', id)) as NotebookDocument | undefined;
    if (theirs === undefined) {
      this.forget();
      throw notFound('notebook', id);
    }
    const { mergeNotebooks } = await import('./merge-notebook.ts');
    const { document, conflicts } = mergeNotebooks(this.stored, this.document(), theirs);
    this.cells = document.cells;
    this.messages = document.messages;
    this.artifacts = document.artifacts;
    this.testConfig = document.testConfig;
    this.stored = theirs;
    this.setup.renamed(document.name);
    return conflicts;
  }

  private cellOf(id: string, { ifRevision }: ChangeOptions = {}): Cell {
    const cell = this.cells.find((c) => c.id === id);
    if (!cell) throw notFound('cell', id);
    if (ifRevision !== undefined && ifRevision !== (cell.revision ?? 0)) throw notebookConflict([id]);
    return cell;
  }

  private now(): number {
    return this.setup.runtime.clock.now();
  }
}

function entryOf(document: NotebookDocument): StoredSummary & { readonly document: NotebookDocument } {
  const { id, updatedAt, name, createdAt, cells, context, owner, revision } = document;
  const summary = {
    name,
    cellCount: cells.length,
    metricsCount: context.metrics.length,
    createdAt,
    revision,
    ...(owner === undefined ? {} : { owner }),
  };
  return { id, updatedAt, summary, document };
}
