const PARTS: Readonly<Record<string, string>> = {
  half: '50%',
  'a third': '33.3333%',
  'one third': '33.3333%',
  'a quarter': '25%',
  'one quarter': '25%',
  'a fifth': '20%',
  'two thirds': '66.6667%',
  'three quarters': '75%',
};

const BOUNDED = new RegExp(
  String.raw`\b((?:more|less|fewer|greater) than|over|under|at least|at most|above|below) (${Object.keys(PARTS).join('|')}) of (?=(?:the|all|its|their|our)\b)`,
  'gi',
);

/** `more than half of the orders`: parts that are bounded, as percentages. */
export const sharesAsPercent = (prompt: string): string =>
  prompt.replace(BOUNDED, (_, bound: string, part: string) => `${bound} ${PARTS[part.toLowerCase()]} of `);
