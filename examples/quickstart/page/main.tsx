import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createEngineClient } from './engine-client.ts';
import './styles.css';

const worker = new Worker(new URL('../engine/engine-worker.ts', import.meta.url), { type: 'module', name: 'velostream-engine' });
const place = document.getElementById('page');
if (!place) throw new Error('the page has no element "page"');

createRoot(place).render(
  <StrictMode>
    <App engine={createEngineClient(worker)} />
  </StrictMode>,
);
