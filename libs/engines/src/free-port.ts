import { createServer, connect, type AddressInfo } from 'node:net';

/** A TCP port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until something accepts connections. @throws Error after `timeoutMs`. */
export async function waitForPort(port: number, timeoutMs: number, stillAlive: () => boolean = () => true): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await accepts(port))) {
    if (Date.now() > end) throw new Error(`Nothing listens on port ${port} after ${timeoutMs} ms`);
    if (!stillAlive()) throw new Error(`The program that was to listen on port ${port} has ended`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
