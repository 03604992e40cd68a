/** 95 % interval of a share by Wilson: honest for few cases and for shares near 0 and 1. */
export function wilson(hits: number, total: number): { readonly share: number; readonly low: number; readonly high: number } {
  if (total === 0) return { share: 0, low: 0, high: 1 };
  const z = 1.96;
  const p = hits / total;
  const middle = (p + (z * z) / (2 * total)) / (1 + (z * z) / total);
  const half = (z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total))) / (1 + (z * z) / total);
  return { share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export const shareText = (hits: number, total: number): string => {
  const { share, low, high } = wilson(hits, total);
  const percent = (v: number): string => (v * 100).toFixed(1);
  return `${percent(share)} % [${percent(low)}, ${percent(high)}] (${hits}/${total})`;
};
