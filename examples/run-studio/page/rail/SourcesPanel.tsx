import type { Artifact } from '@velostream/core/protocol';
import type { SourceInfo } from '@velostream/core/protocol/explore';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useNotebook } from '@velostream/react';
import { Button, Icon, Menu, useToasts } from '@velostream/react/ui';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { previewArtifact, schemaArtifact } from '../make-artifact.ts';
import { toldApart } from '../told-apart.ts';
import { ConnectForm } from './ConnectForm.tsx';

export interface SourcesPanelProps {
  readonly studio: Studio;
  readonly session: Session;
  readonly onShow: (artifact: Artifact) => void;
}

/** What the notebook can query, and the way to connect more. */
export function SourcesPanel({ studio, session, onShow }: SourcesPanelProps): ReactNode {
  const [sources, setSources] = useState<readonly SourceInfo[] | null>(null);
  const [isConnecting, setIsConnecting] = useState(false);
  const [filter, setFilter] = useState('');
  const { show } = useToasts();
  const { actions } = useNotebook(session);
  const fail = useCallback(
    (e: Error & { readonly hint?: string }) => show({ tone: 'negative', text: [e.message, e.hint].filter(Boolean).join('. ') }),
    [show],
  );
  const refresh = useCallback(() => void studio.sources.list({ sessionId: session.id }).then(setSources, fail), [studio, session, fail]);
  useEffect(refresh, [refresh]);
  const inspect = (s: SourceInfo): void =>
    void studio.sources.inspect(s.id, { sessionId: session.id }).then((found) => onShow(schemaArtifact(found)), fail);
  const peek = (s: SourceInfo): void =>
    void studio.sources.peek(s.id, { sessionId: session.id, limit: 20 }).then((found) => onShow(previewArtifact(found)), fail);
  const shown = sources?.filter((s) => s.name.toLowerCase().includes(filter.toLowerCase())) ?? [];
  // A file goes by its name; by the way to it where another one has that name as well.
  const names = toldApart(shown, leafOf, (s) => s.name);
  return (
    <>
      <header className="studio-drawer-head">
        <h2>Sources</h2>
        <Button look="quiet" icon="refresh" aria-label="List again" onClick={refresh} />
        <Button
          look="quiet"
          icon="plus"
          aria-label="Connect a source"
          aria-expanded={isConnecting}
          onClick={() => setIsConnecting(!isConnecting)}
        />
      </header>
      {isConnecting && (
        <ConnectForm
          studio={studio}
          session={session}
          onConnected={() => {
            setIsConnecting(false);
            refresh();
            // The top bar and the composer tell of it as well.
            actions?.refresh();
          }}
        />
      )}
      {(sources?.length ?? 0) > 8 && (
        <input
          className="velo-input studio-filter"
          type="search"
          placeholder="Find"
          aria-label="Find a source"
          value={filter}
          onChange={(e) => setFilter(e.target.value)}
        />
      )}
      <ul className="studio-items">
        {shown.map((s, i) => (
          <li key={s.id}>
            <button type="button" className="studio-item" title={s.uri} onClick={() => inspect(s)}>
              <Icon name={s.kind === 'table' ? 'schema' : s.kind === 'file' || s.kind === 'object' ? 'rows' : 'topics'} />
              <span>{names[i]}</span>
              <span className="velo-muted velo-number">
                {s.recordCount?.toLocaleString('en') ?? (s.sizeBytes === 0 ? 'empty' : s.kind)}
              </span>
            </button>
            <Menu
              label={`Actions for ${names[i]}`}
              items={[
                { key: 'schema', label: 'Schema', icon: 'schema', onSelect: () => inspect(s) },
                { key: 'peek', label: 'Some records', icon: 'rows', onSelect: () => peek(s) },
              ]}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

const leafOf = ({ name, kind }: SourceInfo): string => (kind === 'file' || kind === 'object' ? (/[^/\\]+$/.exec(name)?.[0] ?? name) : name);
