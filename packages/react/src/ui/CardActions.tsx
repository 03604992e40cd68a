import type { ReactNode } from 'react';
import { labelOf, useArtifact } from '../artifact/artifact-view.ts';
import { Button } from './controls/Button.tsx';
import { Menu } from './controls/Menu.tsx';
import { ACTION_ICONS, BODY_ACTIONS } from './kind-icons.ts';

const SHOWN_MAX = 3;

/** A template with a mapping is used by the button beside the mapping. */
const isMapped = (data: object): boolean => 'mappings' in data && Array.isArray(data.mappings) && data.mappings.length > 0;

/** At most three actions as buttons, the primary one first; the others in a menu. */
export function CardActions(): ReactNode {
  const { artifact, act, pending } = useArtifact();
  const inBody = BODY_ACTIONS[artifact.kind] ?? [];
  const offered = artifact.actions
    .filter(({ name }) => !inBody.includes(name) && !(name === 'use-template' && isMapped(artifact.data)))
    .toSorted((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false));
  if (offered.length === 0) return null;
  const shown = offered.length > SHOWN_MAX ? offered.slice(0, SHOWN_MAX - 1) : offered;
  const more = offered.slice(shown.length);
  return (
    <fieldset className="velo-actions" aria-label="Actions">
      {shown.map(({ name, primary }) => (
        <Button
          key={name}
          look={primary ? 'primary' : 'plain'}
          icon={ACTION_ICONS[name]}
          isPending={pending === name}
          disabled={!act || pending !== null}
          onClick={() => act?.(name)}
        >
          {labelOf(name, artifact.actions)}
        </Button>
      ))}
      {more.length > 0 && (
        <Menu
          label="More actions"
          items={more.map(({ name }) => ({
            key: name,
            label: labelOf(name, artifact.actions),
            icon: ACTION_ICONS[name],
            onSelect: act && pending === null ? () => act(name) : null,
          }))}
        />
      )}
    </fieldset>
  );
}
