import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newApiKey } from '@tecnocursos/identity';
import { placeEmptyDatabase } from '@tecnocursos/testing';
import { CourseApi } from './course-api.harness.js';

const STOP_LIMIT_MS = 10_000;

/** What a process needs of the test's environment: where programs are, and where Node keeps what it compiled. */
export function ofThisProcess(): Record<string, string> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { ...(PATH !== undefined && { PATH }), ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}

/** The built platform as a real process, on a data directory that survives its death. */
export class PlatformProcess {
  private child: ChildProcess | undefined;
  private output = '';
  readonly apiKey = newApiKey();
  url = '';

  private constructor(readonly directory: string, private readonly environment: Record<string, string>) {}

  static async start(environment: Record<string, string> = {}): Promise<PlatformProcess> {
    const platform = new PlatformProcess(await mkdtemp(join(tmpdir(), 'tecnocursos-e2e-')), environment);
    await placeEmptyDatabase(platform.directory);
    await platform.launch();
    return platform;
  }

  get api(): CourseApi {
    return new CourseApi(this.url, this.apiKey);
  }

  /** What the process wrote. */
  get log(): string {
    return this.output;
  }

  async launch(): Promise<void> {
    const child = fork(fileURLToPath(new URL('../../dist/main.js', import.meta.url)), [], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: {
        ...ofThisProcess(), LOG_LEVEL: 'warn', LOG_FORMAT: 'json', PORT: '0', DATA_DIR: this.directory,
        IDENTITY_BOOTSTRAP_API_KEY: this.apiKey, BILLING_COMPLIMENTARY_PLAN: 'enterprise', ...this.environment,
      },
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.url = await new Promise((resolve, reject) => {
      child.once('message', (message) => resolve((message as { url: string }).url));
      child.once('exit', (code) => reject(new Error(`The platform ended with ${code}:\n${this.output}`)));
    });
  }

  /** As a crash would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As Ctrl-C does; returns the milliseconds it took. */
  async stop(): Promise<number> {
    const started = Date.now();
    await this.end('SIGTERM');
    return Date.now() - started;
  }

  async dispose(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(force);
  }
}
