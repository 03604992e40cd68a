import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The condition reads the packages from their sources, as everything in this repository does; outside of it, leave `resolve` out.
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@velostream/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023' },
});
