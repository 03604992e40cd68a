import { createEngine } from '@velostream/core/engine';
import { defineElements } from '@velostream/react/elements';
import { lazyRenderers } from '@velostream/react/renderers';

// The one script of the page: the elements, and the engine as `window.velostream`.
defineElements({ renderers: lazyRenderers });
Object.assign(window, { velostream: { createEngine } });
