// A load balancer as they are: it asks each upstream whether it is ready, notices late, retries nothing, and keeps its connections.
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, request } from 'undici';

const PROBE_EVERY_MS = 100;
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host']);
const endToEnd = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

export async function startBalancer({ upstreams, lagMs }) {
  const targets = upstreams.map((url) => ({ url, pool: new Pool(url, { connections: 64 }), isIn: true, unreadySince: null }));
  let isOver = false;
  let turn = 0;
  const probing = Promise.all(targets.map(async (target) => {
    while (!isOver) {
      const isReady = await request(`${target.url}/api/health/ready`, { headersTimeout: 2_000 }).then(async ({ statusCode, body }) => (await body.dump(), statusCode === 200), () => false);
      if (isReady) Object.assign(target, { isIn: true, unreadySince: null });
      else target.unreadySince ??= Date.now();
      if (target.unreadySince !== null && Date.now() - target.unreadySince >= lagMs) target.isIn = false;
      await sleep(PROBE_EVERY_MS);
    }
  }));
  const server = createServer(async (incoming, outgoing) => {
    const ready = targets.filter(({ isIn }) => isIn);
    const target = ready[(turn += 1) % ready.length];
    try {
      if (!target) throw new Error('no upstream');
      const { statusCode, headers, body } = await target.pool.request({ path: incoming.url, method: incoming.method, headers: endToEnd(incoming.headers), body: incoming.method === 'GET' ? null : incoming });
      outgoing.writeHead(statusCode, endToEnd(headers));
      await pipeline(body, outgoing);
    } catch (error) {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(String(error.code ?? error.message));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async isBack(index) {
      while (!targets[index].isIn) await sleep(50);
    },
    async close() {
      isOver = true;
      await probing;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(targets.map(({ pool }) => pool.destroy()));
    },
  };
}
