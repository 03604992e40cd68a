import type { PlanCoverage } from '../../protocol/studio/testing.ts';

/** One thing that a run may reach, e.g. a branch of a CASE. */
export interface Point {
  readonly id: string;
  /** For people, with the SQL of the place. */
  readonly text: string;
}

/** Points of a plan and which of them a run has reached. */
export class CoveragePoints {
  private readonly points = new Map<string, Point>();
  private readonly reached = new Set<string>();
  /** Judged once the run is over. */
  private readonly atEnd: (() => void)[] = [];

  add(id: string, text: string): void {
    this.points.set(id, { id, text });
  }

  has(id: string): boolean {
    return this.points.has(id);
  }

  reach(id: string): void {
    this.reached.add(id);
  }

  isReached(id: string): boolean {
    return this.reached.has(id);
  }

  /** Calls back when the run is over. */
  whenDone(judge: () => void): void {
    this.atEnd.push(judge);
  }

  finish(): void {
    for (const judge of this.atEnd.splice(0)) judge();
  }

  report(): PlanCoverage {
    const missing = [...this.points.values()].filter((p) => !this.reached.has(p.id));
    const total = this.points.size;
    const covered = total - missing.length;
    return { covered, total, ratio: total === 0 ? 1 : covered / total, missing: missing.map(({ id, text }) => ({ point: id, text })) };
  }

  reachedIds(): ReadonlySet<string> {
    return new Set([...this.reached].filter((id) => this.points.has(id)));
  }
}
