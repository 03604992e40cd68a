import type { Meta, StoryObj } from '@storybook/react-vite';
import type { Assertion, DataSchema } from '@velostream/core/protocol/explore';
import { type ReactNode, useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { testResultsFailed } from '../../testing/samples/sample-tests.ts';
import { AssertionBuilder } from './AssertionBuilder.tsx';
import { SchemaEditor } from './SchemaEditor.tsx';
import { TestDialog } from './TestDialog.tsx';
import { TestReportDialog } from './TestReportDialog.tsx';

const meta: Meta = { title: 'Dialogs/Testing' };
export default meta;

const TRADES: DataSchema = {
  name: 'trades',
  fields: [
    { name: 'symbol', type: 'string', constraints: { enum_values: { values: ['AAPL', 'MSFT'] } } },
    { name: 'price', type: 'decimal', constraints: { range: { min: 1, max: 500 } } },
    { name: 'quantity', type: 'integer', nullable: true },
  ],
};

const onRun = fn();

export const Dialog: StoryObj = {
  render: () => (
    <TestDialog
      isOpen
      title="Test volume by symbol"
      schemas={[TRADES]}
      columns={['symbol', 'volume']}
      assertions={[{ type: 'record_count', min: 1 }]}
      onClose={fn()}
      onRun={onRun}
    />
  ),
  play: async () => {
    const dialog = within(await within(document.body).findByRole('dialog'));
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Add an assertion' }), 'no_nulls');
    await userEvent.click(dialog.getByRole('button', { name: 'Run test' }));
    await waitFor(() =>
      expect(onRun).toHaveBeenCalledWith(
        expect.objectContaining({
          records: 1_000,
          seed: 42,
          assertions: [
            { type: 'record_count', min: 1 },
            { type: 'no_nulls', fields: [] },
          ],
        }),
      ),
    );
  },
};

function Schema(): ReactNode {
  const [schema, setSchema] = useState(TRADES);
  return <SchemaEditor schema={schema} onChange={setSchema} />;
}
export const SchemaForm: StoryObj = { render: () => <Schema /> };

function Assertions(): ReactNode {
  const [assertions, setAssertions] = useState<readonly Assertion[]>([
    { type: 'record_count', min: 1 },
    { type: 'field_values', field: 'volume', operator: 'greater_than', value: '0' },
  ]);
  return <AssertionBuilder assertions={assertions} onChange={setAssertions} columns={['symbol', 'volume']} />;
}
export const AssertionForms: StoryObj = { render: () => <Assertions /> };

const failed = testResultsFailed.kind === 'test-results' && 'report' in testResultsFailed.data ? testResultsFailed.data.report : null;
export const Report: StoryObj = {
  render: () =>
    failed ? (
      <TestReportDialog isOpen report={{ ...failed, inputSamples: { trades: [{ symbol: 'AAPL', price: '181.20' }] } }} onClose={fn()} />
    ) : (
      <p />
    ),
};
