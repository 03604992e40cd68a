// One page per entry of the package, drawn on a server and taken over in a browser.
import { type ReactElement, type ReactNode, StrictMode } from 'react';
import { ArtifactParts, artifactPart } from '../src/ai-sdk/index.ts';
import { ArtifactTool } from '../src/assistant-ui/index.ts';
import { TopologyGraph } from '../src/flow/index.ts';
import { Artifact } from '../src/index.ts';
import { MonacoEditor } from '../src/monaco/index.ts';
import { Chart } from '../src/recharts/index.ts';
import { lazyRenderers } from '../src/renderers/index.ts';
import { DataGrid } from '../src/table/index.ts';
import { sampleTopology } from '../src/testing/samples/sample-apps.ts';
import { sampleArtifacts } from '../src/testing/samples/sample-artifacts.ts';
import { VeloTheme } from '../src/ui/index.ts';
import { useFieldMapping } from '../src/workbench/index.ts';

const samples = Object.entries(sampleArtifacts).filter(([name]) => !name.endsWith('/huge'));
const first = samples[0]?.[1];

const columns = [
  { name: 'symbol', type: 'STRING' },
  { name: 'v', type: 'INTEGER' },
];
const rows = [
  { symbol: 'AAPL', v: 12 },
  { symbol: 'MSFT', v: 4 },
];
const mapping = {
  topic: 'trades',
  matches: [{ template: 'symbol', actual: 'sym', confidence: 0.8, status: 'suggested', reason: 'close name', alternatives: [] }],
  unused: [],
  confidence: 0.8,
  compatible: true,
  warnings: [],
} as const;

function Mapped(): ReactNode {
  const state = useFieldMapping(mapping);
  return <p>{state.fields.map((field) => `${field.template} is ${field.actual}`).join()}</p>;
}

/** Entries that draw nothing by themselves. */
export const WITHOUT_PAGES: readonly string[] = ['./testing', './types', './elements'];

const PAGES: Readonly<Record<string, () => ReactNode>> = {
  '.': () => samples.map(([name, artifact]) => <Artifact key={name} artifact={artifact} />),
  './ui': () => (
    <VeloTheme>
      {samples.map(([name, artifact]) => (
        <Artifact key={name} artifact={artifact} />
      ))}
    </VeloTheme>
  ),
  './renderers': () => (
    <VeloTheme renderers={lazyRenderers}>
      {samples.slice(0, 12).map(([name, artifact]) => (
        <Artifact key={name} artifact={artifact} />
      ))}
    </VeloTheme>
  ),
  './monaco': () => <MonacoEditor value={'SELECT symbol\nFROM trades'} label="Query" />,
  './recharts': () => (
    <Chart
      chart={{ kind: 'bar', x: 'symbol', y: ['v'], title: 'Volume', score: 1, reason: 'asked' }}
      columns={columns}
      rows={rows}
      label="Volume"
    />
  ),
  './flow': () => (
    <VeloTheme>
      <TopologyGraph topology={sampleTopology} label="Flow" />
    </VeloTheme>
  ),
  './table': () => <DataGrid columns={columns} rows={rows} label="Rows" />,
  './assistant-ui': () => <ArtifactTool toolName="show" result={{ artifact: first }} />,
  './ai-sdk': () => first && <ArtifactParts message={{ parts: [artifactPart(first)] }} />,
  './workbench': () => <Mapped />,
};

export const ENTRIES: readonly string[] = Object.keys(PAGES);
export const pageOf = (entry: string): ReactElement => <StrictMode>{PAGES[entry]?.()}</StrictMode>;
