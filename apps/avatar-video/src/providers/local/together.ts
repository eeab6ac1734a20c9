import { AppError } from '@tecnocursos/contracts';

/** Runs tasks side by side. The first failure stops the others, which are waited for, and is thrown. */
export async function together<Results extends unknown[]>(
  signal: AbortSignal,
  tasks: { [Index in keyof Results]: (signal: AbortSignal) => Promise<Results[Index]> },
): Promise<Results> {
  const controller = new AbortController();
  const linked = AbortSignal.any([signal, controller.signal]);
  const failures: unknown[] = [];
  const running = tasks.map(async (task: (signal: AbortSignal) => Promise<unknown>) => {
    try {
      return await task(linked);
    } catch (error) {
      failures.push(error);
      controller.abort(new AppError('canceled', 'Another part of the lesson failed.'));
      throw error;
    }
  });
  const settled = await Promise.allSettled(running);
  if (failures.length > 0) throw failures[0];
  return settled.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as Results;
}
