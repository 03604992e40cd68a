import { describe } from './describe.ts';
import { rare } from './rare-kinds.ts';

/** From here on answers come with a sentence about them, other readings and a chart. */
export function addWords(): void {
  rare.describe = describe;
}
