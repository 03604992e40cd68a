const LEAST_MS = 100;

/** Ten drawings a second are as many as a person can follow; what comes in between is seen in the next one. */
export function calmFrame(flush: () => void): () => void {
  let frame: number | undefined;
  const timer = setTimeout(() => {
    if (typeof requestAnimationFrame === 'function' && document.visibilityState !== 'hidden') frame = requestAnimationFrame(flush);
    else flush();
  }, LEAST_MS);
  return () => {
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
