import type { Fs } from '../../runtime/ports.ts';

/** What is kept of a job between two starts of the host: where it runs, and where its state is. */
export interface SavedJob {
  /** On the cluster; absent while it does not run. */
  jobId?: string;
  /** Of the plan that runs there. */
  hash?: string;
  wanted: 'running' | 'paused' | 'stopped';
  startedAt?: number;
  /** The newest state by the key of the plan it belongs to. The one of an earlier version stays for a roll-back. */
  states: Record<string, { readonly path: string; readonly at: number }>;
}

interface SavedDeployment {
  readonly life: string;
  readonly jobs: Record<string, SavedJob>;
}

const FILE = 'flink.json';

/** The record of one deployment, in one file. Flink keeps the state itself. */
export class SavedState {
  readonly life: string;
  private readonly jobs: Record<string, SavedJob>;
  private readonly fs: Fs;
  private readonly root: string;
  private writing: Promise<void> = Promise.resolve();

  private constructor(fs: Fs, root: string, saved: SavedDeployment) {
    this.fs = fs;
    this.root = root;
    this.life = saved.life;
    this.jobs = saved.jobs;
  }

  static async open(fs: Fs, root: string, newLife: () => string): Promise<SavedState> {
    const names = await fs.list(root).catch((): readonly string[] => []);
    const saved: SavedDeployment = names.includes(FILE)
      ? (JSON.parse(new TextDecoder().decode(await fs.read(`${root}/${FILE}`))) as SavedDeployment) // written by `save`
      : { life: newLife(), jobs: {} };
    return new SavedState(fs, root, saved);
  }

  job(name: string): SavedJob {
    this.jobs[name] ??= { wanted: 'running', states: {} };
    return this.jobs[name];
  }

  names(): readonly string[] {
    return Object.keys(this.jobs);
  }

  forget(name: string): void {
    delete this.jobs[name];
  }

  /** Every state that any version of the deployment left. */
  paths(): readonly string[] {
    return Object.values(this.jobs).flatMap((job) => Object.values(job.states).map((state) => state.path));
  }

  save(): Promise<void> {
    const write = (): Promise<void> => {
      const text = JSON.stringify({ life: this.life, jobs: this.jobs } satisfies SavedDeployment);
      return this.fs.writeAtomic(`${this.root}/${FILE}`, new TextEncoder().encode(text));
    };
    this.writing = this.writing.then(write, write);
    return this.writing;
  }

  async remove(): Promise<void> {
    await this.writing.catch(() => undefined);
    await this.fs.remove(`${this.root}/${FILE}`);
  }
}
