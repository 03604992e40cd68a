import type { Artifact } from '@velostream/core/protocol';

/** Whether a value that came over a wire looks like an artifact: the envelope is checked, the data is the business of its kind. */
export function isArtifact(value: unknown): value is Artifact {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, version, title, state, data, actions, provenance } = value as Readonly<Record<string, unknown>>;
  return (
    typeof kind === 'string' &&
    typeof id === 'string' &&
    typeof version === 'number' &&
    typeof title === 'string' &&
    typeof state === 'string' &&
    typeof data === 'object' &&
    data !== null &&
    Array.isArray(actions) &&
    typeof provenance === 'object' &&
    provenance !== null
  );
}

/** The artifact in a tool's answer: the answer itself, or its `artifact`; also where it is JSON text. */
export function artifactIn(answer: unknown): Artifact | null {
  if (typeof answer === 'string') {
    try {
      return artifactIn(JSON.parse(answer) as unknown);
    } catch {
      return null;
    }
  }
  if (isArtifact(answer)) return answer;
  if (typeof answer !== 'object' || answer === null) return null;
  const { artifact } = answer as { readonly artifact?: unknown };
  return isArtifact(artifact) ? artifact : null;
}
