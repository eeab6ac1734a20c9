import { Pool } from 'undici';

/** Sends all calls, so many at a time, each as soon as one before it is answered. Times run from sending to the end of the answer. */
export async function sendAll(url, calls, parallel) {
  const pool = new Pool(url, { connections: parallel });
  const milliseconds = [];
  const statuses = {};
  const left = calls[Symbol.iterator]();
  const started = performance.now();
  await Promise.all(Array.from({ length: parallel }, async () => {
    for (const { path, body, headers } of left) {
      const sent = performance.now();
      const answer = await pool.request({ path, method: 'POST', headers, body });
      await answer.body.dump();
      milliseconds.push(performance.now() - sent);
      statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
    }
  }));
  const seconds = (performance.now() - started) / 1_000;
  await pool.close();
  return { milliseconds, statuses, seconds };
}
