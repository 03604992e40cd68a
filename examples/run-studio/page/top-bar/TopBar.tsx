import type { Session } from '@velostream/core/protocol/studio';
import { useDeployments, useNotebook } from '@velostream/react';
import { Button, Icon, Tip } from '@velostream/react/ui';
import type { ReactNode } from 'react';
import type { Theme } from '../use-theme.ts';
import { connectionNames } from './connection-names.ts';
import { healthWords } from './health-words.ts';

export interface TopBarProps {
  readonly session: Session;
  readonly theme: Theme;
  /** Something can be asked about. */
  readonly hasSources: boolean;
  readonly onNotebooks: () => void;
  readonly onSources: () => void;
  readonly onPipelines: () => void;
  readonly onPalette: () => void;
}

const CONNECTIONS_SHOWN = 4;
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const THEME_ICONS = { auto: 'contrast', light: 'sun', dark: 'moon' } as const;
const THEME_WORDS = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

/** Where one is, what is connected, whether all is well. */
export function TopBar({ session, theme, hasSources, onNotebooks, onSources, onPipelines, onPalette }: TopBarProps): ReactNode {
  useNotebook(session);
  const connections = Object.values(session.context.connections);
  const names = connectionNames(connections);
  return (
    <header className="studio-top">
      <span className="studio-brand" aria-hidden="true" />
      <button type="button" className="studio-name" onClick={onNotebooks}>
        <span>{session.name}</span>
        <Icon name="down" />
      </button>
      <button type="button" className="studio-connections" onClick={onSources}>
        <span data-visually-hidden="">Sources: </span>
        {connections.length === 0 ? (
          <span className="studio-connection velo-muted" data-status={hasSources ? undefined : 'none'}>
            {hasSources ? 'sample streams' : 'nothing connected'}
          </span>
        ) : (
          <>
            {connections.slice(0, CONNECTIONS_SHOWN).map((c, i) => (
              <span key={c.id} className="studio-connection" data-status={c.status} title={c.uri}>
                <span>{names[i]}</span>
              </span>
            ))}
            {connections.length > CONNECTIONS_SHOWN && (
              <span className="velo-muted">{`and ${connections.length - CONNECTIONS_SHOWN} more`}</span>
            )}
          </>
        )}
      </button>
      <span className="velo-spacer" />
      <Health onOpen={onPipelines} />
      <Tip text="Find an action, a source or an artifact">
        <Button look="quiet" icon="search" onClick={onPalette} aria-keyshortcuts="Control+K Meta+K">
          <span data-visually-hidden="">Find</span>
          <kbd>{IS_MAC ? '⌘K' : 'Ctrl K'}</kbd>
        </Button>
      </Tip>
      <Tip text={`Colours: ${THEME_WORDS[theme.value]}`}>
        <Button
          look="quiet"
          icon={THEME_ICONS[theme.value]}
          onClick={theme.next}
          aria-label={`Colours: ${THEME_WORDS[theme.value]}. Change`}
        />
      </Tip>
    </header>
  );
}

function Health({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const { deployments } = useDeployments({ pollMs: 5_000 });
  if (deployments.length === 0) return null;
  const { text, short, isWell, isRunning } = healthWords(deployments);
  const [tone, icon] = !isWell
    ? (['negative', 'alert'] as const)
    : isRunning
      ? (['positive', 'check'] as const)
      : (['quiet', 'pause'] as const);
  return (
    <Button look="quiet" className="studio-health" data-tone={tone} icon={icon} onClick={onOpen} aria-label={text}>
      <span>{text}</span>
      <span>{short}</span>
    </Button>
  );
}
