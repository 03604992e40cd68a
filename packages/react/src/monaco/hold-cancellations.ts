/**
 * Monaco leaves a promise of its own unhandled where a proposal is given up before it came (microsoft/monaco-editor#4554): it counts that as no
 * error itself, but the page would report one. Everything else is left to the page.
 */
export function holdCancellations(page: Pick<EventTarget, 'addEventListener'>): void {
  page.addEventListener('unhandledrejection', (event) => {
    const { reason } = event as PromiseRejectionEvent;
    // How Monaco tells its cancellations from errors, too.
    if (reason instanceof Error && reason.name === 'Canceled' && reason.message === 'Canceled') event.preventDefault();
  });
}
