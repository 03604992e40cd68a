// One editor with the language of a real studio behind it, as a host would mount it. What it does is told in `globalThis.seen`.

import type { Diagnostic } from '@velostream/core/protocol';
import type { SqlService } from '@velostream/core/protocol/studio';
import { complete, createCatalog, format, hover, listFunctions, signature, validate } from '@velostream/core/sql';
import { type ReactNode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { configureMonaco } from '../src/monaco/load-monaco.ts';
import { MonacoEditor } from '../src/monaco/MonacoEditor.tsx';

export interface Seen {
  sql: string;
  runs: number;
  failure?: string;
}
const seen: Seen = { sql: '', runs: 0 };
Object.assign(globalThis, { seen });

const columns = [
  { name: 'symbol', type: 'STRING' },
  { name: 'price', type: 'FLOAT' },
  { name: 'qty', type: 'INTEGER' },
  { name: 'ts', type: 'TIMESTAMP' },
];
const schemas = { trades: { columns, eventTime: 'ts' } };
const catalog = createCatalog(schemas);
const service: SqlService = {
  validate: async (sql) => ({ valid: true, diagnostics: validate(sql, { catalog }), columns: [], metrics: [], alerts: [] }),
  format: async (sql) => format(sql),
  explain: async () => '',
  complete: async (sql, offset) => complete(sql, offset, { catalog }),
  hover: async (sql, offset) => hover(sql, offset, { catalog }),
  signature: async (sql, offset) => signature(sql, offset, { catalog }),
  functions: async () => listFunctions(),
  topology: async () => ({ nodes: [], edges: [], lineage: [] }),
};
const asked = new URLSearchParams(location.search);
if (asked.has('forbidden')) configureMonaco({ inlineStyles: 'forbidden' });
// A browser that cannot construct style sheets, as far as the editor can tell.
if (asked.has('old')) Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
const start = asked.get('sql') ?? 'SELECT symbol\nFROM trades\n';

function Page(): ReactNode {
  const [sql, setSql] = useState(start);
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[]>([]);
  seen.sql = sql;
  useEffect(() => {
    let isCurrent = true;
    void service.validate(sql).then((report) => isCurrent && setDiagnostics(report.diagnostics));
    return () => {
      isCurrent = false;
    };
  }, [sql]);
  return (
    <MonacoEditor
      value={sql}
      label="Query"
      onChange={setSql}
      onRun={() => seen.runs++}
      diagnostics={diagnostics}
      service={service}
      suggest={async (prefix) => (prefix.endsWith('WHERE ') ? 'qty > 4' : null)}
    />
  );
}

const place = document.getElementById('page');
if (place) createRoot(place).render(<Page />);
