import type { ReactNode } from 'react';

/**
 * Text with the few marks that answers use: paragraphs, lists, `code` and **strong**. No links and no images are made of it: what comes from data
 * or a model cannot make the page load anything.
 */
export function PlainText({ text }: { readonly text: string }): ReactNode {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== '')
    .map((block, i) => <Block key={`${i}:${block.slice(0, 24)}`} text={block} />);
}

function Block({ text }: { readonly text: string }): ReactNode {
  const fence = /^```\w*\n([\s\S]*?)\n?```$/.exec(text.trim());
  if (fence) return <pre className="velo-sql">{fence[1]}</pre>;
  const lines = text.split('\n');
  if (lines.every((line) => /^\s*([-*•]|\d+[.)])\s/.test(line))) {
    return (
      <ul className="studio-list">
        {lines.map((line, i) => (
          <li key={`${i}:${line}`}>
            <Inline text={line.replace(/^\s*([-*•]|\d+[.)])\s+/, '')} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <p>
      <Inline text={text} />
    </p>
  );
}

const Inline = ({ text }: { readonly text: string }): ReactNode =>
  text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((piece, i) => {
    const key = `${i}:${piece}`;
    if (piece.startsWith('`') && piece.endsWith('`') && piece.length > 2) return <code key={key}>{piece.slice(1, -1)}</code>;
    if (piece.startsWith('**') && piece.length > 4) return <strong key={key}>{piece.slice(2, -2)}</strong>;
    return piece;
  });
