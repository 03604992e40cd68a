import { EXAMPLES, type Example } from '../examples.ts';

interface ExampleListProps {
  readonly current: string | undefined;
  readonly onPick: (example: Example) => void;
}

/** Queries that teach one thing each. Picking one runs it. */
export function ExampleList({ current, onPick }: ExampleListProps) {
  return (
    <nav className="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">Examples</h2>
      <ul>
        {EXAMPLES.map((example) => (
          <li key={example.id}>
            <button type="button" aria-current={example.id === current ? 'true' : undefined} onClick={() => onPick(example)}>
              <span>{example.title}</span>
              <span className="lesson">{example.lesson}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
