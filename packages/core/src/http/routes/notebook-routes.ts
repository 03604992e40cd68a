import type { Artifact } from '../../protocol/artifacts/artifact.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import { jsonObject } from '../../protocol/schemas/wire-fields.ts';
import {
  cellQuery,
  cellRequest,
  documentRequest,
  messageRequest,
  moveRequest,
  notebookCreate,
  notebookRename,
  suiteTestRequest,
} from '../../protocol/schemas/work.ts';
import type { Cell, CellTestConfig, ChatMessage, NotebookDocument } from '../../protocol/studio/notebook.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { type Route, route } from '../route.ts';
import { defined } from './defined.ts';
import { notebookState } from './notebook-state.ts';
import { suiteAnswer, suiteRequest } from './test-shapes.ts';

const idOf = (params: Readonly<Record<string, string>>, name = 'id'): string => params[name] ?? '';
const IMPORT_MAX_BYTES = 20 * 1024 ** 2;

export const notebookRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/notebooks',
    summary: 'Notebooks, the latest first',
    tag: 'notebooks',
    risk: 'read',
    response: answers.notebooks,
    async handle({ studio }) {
      const notebooks = await studio.sessions.list();
      return { notebooks: toWire(notebooks), total: notebooks.length };
    },
  }),
  route({
    method: 'POST',
    path: '/notebooks',
    summary: 'Makes a notebook',
    tag: 'notebooks',
    risk: 'write',
    response: answers.notebookMade,
    body: notebookCreate,
    async handle({ studio, body }) {
      const s = await studio.sessions.create({ ...(body.name ? { name: body.name } : {}), ...(body.id ? { id: body.id } : {}) });
      for (const cell of body.cells ?? []) await s.notebook.addCell(cellOf(cell));
      return { id: s.id, name: s.name, ...notebookState(s) };
    },
  }),
  route({
    method: 'POST',
    path: '/notebooks/import',
    summary: 'Makes a notebook of an exported document',
    tag: 'notebooks',
    risk: 'write',
    response: answers.notebookMade,
    body: documentRequest,
    maxBodyBytes: IMPORT_MAX_BYTES,
    async handle({ studio, body }) {
      const s = await studio.sessions.import(body as unknown as NotebookDocument);
      return { id: s.id, name: s.name, ...notebookState(s) };
    },
  }),
  route({
    method: 'GET',
    path: '/notebooks/{id}',
    summary: 'One notebook: cells, messages, context',
    tag: 'notebooks',
    risk: 'read',
    response: answers.notebook,
    async handle({ studio, params }) {
      const s = await studio.sessions.open(idOf(params));
      return { ...notebookState(s), artifacts: toWire(s.notebook.artifacts) };
    },
  }),
  route({
    method: 'GET',
    path: '/notebooks/{id}/export',
    summary: 'The whole notebook as one document, without secrets',
    tag: 'notebooks',
    risk: 'read',
    response: answers.document,
    // A file, not a message: its keys stay as the store has them.
    handle: async ({ studio, params }) => (await studio.sessions.open(idOf(params))).notebook.export(),
  }),
  route({
    method: 'PATCH',
    path: '/notebooks/{id}',
    summary: 'Renames a notebook',
    tag: 'notebooks',
    risk: 'write',
    response: answers.state,
    body: notebookRename,
    async handle({ studio, params, body }) {
      await studio.sessions.rename(idOf(params), body.name);
      return notebookState(await studio.sessions.open(idOf(params)));
    },
  }),
  route({
    method: 'DELETE',
    path: '/notebooks/{id}',
    summary: 'Deletes a notebook and stops what runs in it',
    tag: 'notebooks',
    risk: 'write',
    response: answers.deleted,
    handle: async ({ studio, params }) => ({ id: idOf(params), deleted: await studio.sessions.delete(idOf(params)) }),
  }),
  route({
    method: 'POST',
    path: '/notebooks/{id}/cells',
    summary: 'Adds a cell',
    tag: 'notebooks',
    risk: 'write',
    response: answers.cell,
    body: cellRequest,
    async handle({ studio, params, body }) {
      const s = await studio.sessions.open(idOf(params));
      const cell = await s.notebook.addCell(cellOf(body));
      return { cell: toWire(cell), ...notebookState(s) };
    },
  }),
  route({
    method: 'PUT',
    path: '/notebooks/{id}/cells/{cell}',
    summary: 'Changes a cell',
    tag: 'notebooks',
    risk: 'write',
    response: answers.cell,
    query: cellQuery,
    body: cellRequest,
    async handle({ studio, params, body, query }) {
      const s = await studio.sessions.open(idOf(params));
      const change = fromWire(body) as Partial<Cell>;
      const cell = await s.notebook.updateCell(idOf(params, 'cell'), change, defined({ ifRevision: query.if_revision }));
      return { cell: toWire(cell), ...notebookState(s) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/notebooks/{id}/cells/{cell}',
    summary: 'Removes a cell and what it gave to the context',
    tag: 'notebooks',
    risk: 'write',
    response: answers.state,
    query: cellQuery,
    async handle({ studio, params, query }) {
      const s = await studio.sessions.open(idOf(params));
      await s.notebook.removeCell(idOf(params, 'cell'), defined({ ifRevision: query.if_revision }));
      return notebookState(s);
    },
  }),
  route({
    method: 'POST',
    path: '/notebooks/{id}/cells/{cell}/move',
    summary: 'Moves a cell',
    tag: 'notebooks',
    risk: 'write',
    response: answers.state,
    body: moveRequest,
    async handle({ studio, params, body }) {
      const s = await studio.sessions.open(idOf(params));
      await s.notebook.moveCell(idOf(params, 'cell'), body.index);
      return notebookState(s);
    },
  }),
  route({
    method: 'POST',
    path: '/notebooks/{id}/messages',
    summary: 'Adds a message of the thread',
    tag: 'notebooks',
    risk: 'write',
    response: answers.message,
    body: messageRequest,
    async handle({ studio, params, body }) {
      const s = await studio.sessions.open(idOf(params));
      const message = await s.notebook.addMessage(fromWire(body) as Omit<ChatMessage, 'id' | 'at'>);
      return { message: toWire(message), ...notebookState(s) };
    },
  }),
  route({
    method: 'PUT',
    path: '/notebooks/{id}/artifacts',
    summary: 'Keeps a version of an artifact',
    tag: 'notebooks',
    risk: 'write',
    response: answers.state,
    body: jsonObject,
    maxBodyBytes: IMPORT_MAX_BYTES,
    async handle({ studio, params, body }) {
      const s = await studio.sessions.open(idOf(params));
      await s.notebook.putArtifact(fromWire(body) as Artifact);
      return notebookState(s);
    },
  }),
  route({
    method: 'PUT',
    path: '/notebooks/{id}/test-config',
    summary: 'Sets how the whole notebook is tested',
    tag: 'notebooks',
    risk: 'write',
    response: answers.state,
    body: jsonObject,
    async handle({ studio, params, body }) {
      const s = await studio.sessions.open(idOf(params));
      await s.notebook.setTestConfig(Object.keys(body).length === 0 ? undefined : (fromWire(body) as CellTestConfig));
      return notebookState(s);
    },
  }),
  route({
    method: 'POST',
    path: '/notebooks/{id}/test',
    summary: 'Tests every cell with one set of generated data',
    tag: 'notebooks',
    risk: 'compute',
    response: answers.suite,
    body: suiteTestRequest,
    async handle({ studio, params, body, signal }) {
      const s = await studio.sessions.open(idOf(params));
      return suiteAnswer(await s.notebook.test({ ...suiteRequest(body), signal }));
    },
  }),
];

const cellOf = (body: object): Pick<Cell, 'type'> & Partial<Omit<Cell, 'id'>> => {
  const cell = fromWire(body) as Partial<Cell>;
  return { ...cell, type: cell.type ?? 'sql' };
};
