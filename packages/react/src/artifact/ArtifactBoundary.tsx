import { Component, type ReactNode } from 'react';

export interface ArtifactBoundaryProps {
  /** A new value tries again: an artifact's id and version. */
  readonly resetKey: string;
  readonly fallback: (error: Error, retry: () => void) => ReactNode;
  readonly onError?: ((error: Error) => void) | undefined;
  readonly children?: ReactNode;
}

/** Keeps a fault while drawing one artifact from taking the others with it. */
export class ArtifactBoundary extends Component<ArtifactBoundaryProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error): void {
    this.props.onError?.(error);
  }

  override componentDidUpdate(before: ArtifactBoundaryProps): void {
    if (before.resetKey !== this.props.resetKey && this.state.error) this.setState({ error: null });
  }

  readonly #retry = (): void => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    return error ? this.props.fallback(error, this.#retry) : this.props.children;
  }
}
