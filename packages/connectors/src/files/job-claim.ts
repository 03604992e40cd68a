import { randomUUID } from 'node:crypto';
import { connectorError, type RecoveredCommit } from '@velostream/core/connect';
import { type Journal, readJournal, writeJournal } from './commit-journal.ts';

/** What the sink of a job says of itself in the journal beside its target; nothing for a sink without a job. */
export class JobClaim {
  /** Of the commit that is being made. */
  checkpoint = '';
  /** What the job committed last. */
  recovered: RecoveredCommit | null = null;
  private readonly job: string | undefined;
  private readonly owner = randomUUID();

  constructor(job: string | undefined) {
    this.job = job;
  }

  /** Parts of the journal that go with each commit. */
  get mark(): Pick<Journal, 'job' | 'checkpoint' | 'owner'> {
    return this.job === undefined ? {} : { job: this.job, checkpoint: this.checkpoint, owner: this.owner };
  }

  /** Makes this sink the one that writes; gives the epoch after which it goes on. Rows of somebody else, or none, start it anew. */
  async take(target: string, left: Journal | null, hasRows: boolean): Promise<number> {
    const isOurs = left !== null && left.job === this.job && (this.job === undefined || hasRows);
    const epoch = isOurs ? left.epoch : 0;
    if (this.job === undefined) return epoch;
    this.checkpoint = isOurs ? (left.checkpoint ?? '') : '';
    this.recovered = epoch === 0 ? null : { epoch, checkpoint: this.checkpoint };
    await writeJournal(target, { epoch, base: 0, renames: [], append: null, ...this.mark });
    return epoch;
  }

  /** An earlier sink of the job, in a process that was taken for dead, stops here. */
  async check(target: string, epoch: number): Promise<void> {
    if (this.job === undefined) return;
    const found = await readJournal(target);
    if (found?.owner !== this.owner) throw connectorError('VS4213', { path: target, job: this.job, epoch });
  }
}
