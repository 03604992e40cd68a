import { createStudioClient } from '@velostream/core/client';
import { StudioProvider } from '@velostream/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import '@velostream/react/styles.css';
import './studio.css';

const studio = createStudioClient({ baseUrl: new URL('/api', location.href).toString() });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <StudioProvider studio={studio}>
      <App studio={studio} />
    </StudioProvider>
  </StrictMode>,
);
