import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

export interface SupervisedOptions {
  command: string;
  args: readonly string[];
  spawn?: SpawnOptions;
  /** Started again when it ends by itself. */
  restart: boolean;
  /** Called with every exit that nobody asked for. */
  onExit?: (reason: string) => void;
  stopSignal?: NodeJS.Signals;
}

const RESTART_DELAY_MS = 200;
const STOP_LIMIT_MS = 4_000;

/** A child process that is kept running until `stop`, and never outlives it. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private restartTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SupervisedOptions) {
    this.launch();
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the process as a crash would; it is started again when it is to be. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Ends the process for good, with force when it does not go by itself. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restartTimer);
    const child = this.child;
    if (!child || !this.running) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(this.options.stopSignal ?? 'SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(force);
  }

  private launch(): void {
    const { command, args } = this.options;
    const child = spawn(command, args, { stdio: 'ignore', detached: true, ...this.options.spawn }); // a terminal's Ctrl-C is ours to hand on
    this.child = child;
    let ended = false;
    const onEnd = (reason: string): void => {
      if (ended || this.stopping) return;
      ended = true;
      this.options.onExit?.(reason);
      if (this.options.restart) this.restartTimer = setTimeout(() => this.launch(), RESTART_DELAY_MS);
    };
    child.once('error', (error) => onEnd(error.message));
    child.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  }
}
