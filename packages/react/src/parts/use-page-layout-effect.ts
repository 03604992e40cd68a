import { useEffect, useLayoutEffect } from 'react';

/** `useLayoutEffect` in a page; on a server, where React 18 warns of it, nothing. */
export const usePageLayoutEffect: typeof useLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
