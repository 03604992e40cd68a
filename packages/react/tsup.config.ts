import { packageBuild } from '../../.config/tsup.base.ts';
import manifest from './package.json' with { type: 'json' };

export default packageBuild(manifest, { directive: 'use client' });
