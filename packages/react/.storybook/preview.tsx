import type { Preview } from '@storybook/react-vite';
import { lazyRenderers } from '../src/renderers/index.ts';
import { VeloTheme } from '../src/ui/VeloTheme.tsx';
import '../src/styles.css';
import './preview.css';

/** A story that sets `parameters.velo` chooses its theme, direction, density and renderers. */
interface VeloParameters {
  readonly theme?: 'light' | 'dark';
  readonly dir?: 'rtl';
  readonly density?: 'compact';
  readonly renderers?: 'none';
}

const preview: Preview = {
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    controls: { disable: true },
    options: { storySort: { order: ['Start', 'Artifacts', 'Renderers', 'Dialogs', 'Conversation', 'Deployments', 'Notebook', 'Parts'] } },
  },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: { title: 'Theme', items: ['light', 'dark'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'light' },
  decorators: [
    (Story, { parameters, globals }) => {
      const velo: VeloParameters = parameters['velo'] ?? {};
      const theme = velo.theme ?? (globals['theme'] === 'dark' ? 'dark' : 'light');
      return (
        <VeloTheme
          className="story"
          theme={theme}
          dir={velo.dir}
          density={velo.density}
          renderers={velo.renderers === 'none' ? {} : lazyRenderers}
        >
          <Story />
        </VeloTheme>
      );
    },
  ],
};

export default preview;
