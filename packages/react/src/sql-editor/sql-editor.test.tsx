import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { sqlEditor, sqlEditorFaulty } from '../testing/samples/sample-sql.ts';
import { SqlEditor } from './sql-editor.ts';
import { fixOf } from './sql-fix.ts';

afterEach(cleanup);

const draw = (artifact = sqlEditor, onAction = vi.fn()) => {
  render(
    <SqlEditor.Root artifact={artifact} onAction={onAction}>
      <SqlEditor.Input />
      <SqlEditor.Problems />
      <SqlEditor.Alternatives />
      <SqlEditor.Run />
      <SqlEditor.Reset />
    </SqlEditor.Root>,
  );
  return { onAction, field: screen.getByRole<HTMLTextAreaElement>('textbox') };
};

describe('SqlEditor', () => {
  test('Ctrl or Cmd with Enter runs the text as it stands', () => {
    const { onAction, field } = draw();
    fireEvent.change(field, { target: { value: 'SELECT 1;' } });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    fireEvent.keyDown(field, { key: 'Enter', metaKey: true });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onAction).toHaveBeenCalledTimes(2);
    expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ name: 'run', subject: { sql: 'SELECT 1;' } }));
  });

  test('nothing runs while nothing is written', () => {
    const { field } = draw();
    fireEvent.change(field, { target: { value: '  ' } });
    expect(screen.getByRole('button', { name: 'Run' }).hasAttribute('disabled')).toBe(true);
  });

  test('a problem offers the fix that its hint names', () => {
    if (sqlEditorFaulty.kind !== 'sql-editor') throw new Error('the sample is of another kind');
    const { field } = draw(sqlEditorFaulty as typeof sqlEditor);
    fireEvent.click(screen.getByRole('button', { name: 'Replace with price' }));
    expect(field.value).toContain('AVG(price)');
    expect(field.value).not.toContain('pirce');
  });

  test('an alternative takes the place of the text, and Reset brings it back', () => {
    const { field } = draw();
    fireEvent.click(screen.getByRole('button', { name: 'per minute' }));
    expect(field.value).toContain("'1' MINUTE");
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect(field.value).toBe(sqlEditor.data.sql);
  });
});

describe('fixOf', () => {
  const problem = { code: 'VS1', severity: 'error', message: '', start: 7, end: 12, line: 1, column: 8, statement: 0, reason: '' } as const;

  test.each([
    ['Did you mean "price"?', 'price'],
    ['Write `price` instead.', 'price'],
    ['Use "price" here.', 'price'],
  ])('%s', (hint, text) => {
    expect(fixOf({ ...problem, hint }, 'SELECT pirce FROM t')).toMatchObject({ text, sql: 'SELECT price FROM t' });
  });

  test.each(['Declare a schema.', 'Did you mean ""?'])('names none: %s', (hint) => {
    expect(fixOf({ ...problem, hint }, 'SELECT pirce FROM t')).toBeNull();
  });

  test('a place of several words is left alone', () => {
    expect(fixOf({ ...problem, end: 17, hint: 'Did you mean "price"?' }, 'SELECT pirce FROM t')).toBeNull();
  });
});
