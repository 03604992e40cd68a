import type { Preview } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
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

/** What stands where an editor, a chart, a graph or a grid is loaded. */
const STAND_INS = '.velo-skeleton[aria-label="Loading"], .velo-monaco .velo-sql';

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
  // A story is checked once all of it is there, not while parts of it load.
  afterEach: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector(STAND_INS)).toBeNull(), { timeout: 30_000 });
  },
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
