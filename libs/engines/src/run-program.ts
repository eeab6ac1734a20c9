import { spawn } from 'node:child_process';
import { AppError } from '@tecnocursos/contracts';
import { requireProgram, type ProgramName } from './programs.js';

export interface RunOptions {
  /** Written to the program's standard input, which is then closed. */
  input?: string | Uint8Array;
  signal?: AbortSignal;
  /** Milliseconds until the program is killed and `engine_failed` thrown; 60,000 when absent. */
  timeoutMs?: number;
  /** Bytes of standard output until the program is killed; 64 MiB when absent. */
  maxOutputBytes?: number;
  cwd?: string;
}

export interface RunResult {
  stdout: Buffer;
  stderr: string;
}

const STDERR_KEPT = 8_192;

/**
 * Runs a program as a separate process, and never leaves it behind: abort, timeout and too much output kill it.
 * @throws AppError `engine_missing`, `engine_failed` (bad exit, timeout), `canceled` (aborted).
 */
export async function runProgram(name: ProgramName, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const path = requireProgram(name);
  options.signal?.throwIfAborted();
  const { timeoutMs = 60_000, maxOutputBytes = 64 * 1024 * 1024 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe'], ...(options.cwd !== undefined && { cwd: options.cwd }) });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    let failure: AppError | undefined;
    const kill = (reason: AppError): void => {
      failure ??= reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => kill(new AppError('engine_failed', `${name} did not finish within ${timeoutMs} ms.`)), timeoutMs);
    const onAbort = (): void => kill(new AppError('canceled', `${name} was stopped.`));
    options.signal?.addEventListener('abort', onAbort, { once: true });

    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxOutputBytes) kill(new AppError('engine_failed', `${name} wrote more than ${maxOutputBytes} bytes.`));
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
    });
    child.stdin.on('error', () => undefined); // the program may close its input early; its exit code tells
    child.stdin.end(options.input);
    child.on('error', (cause) => {
      failure ??= new AppError('engine_failed', `${name} could not be started.`, { cause });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      if (failure) reject(failure);
      else if (code === 0) resolve({ stdout: Buffer.concat(chunks), stderr });
      else reject(new AppError('engine_failed', `${name} failed (${signal ?? `exit code ${code}`}).`, { cause: new Error(stderr) }));
    });
  });
}
