import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { buildConnector } from 'undici';
import { guardedConnector } from './guarded-connector.js';

/** A socket that a resolver, a proxy or a route has led to somewhere. */
const connectedTo = (remoteAddress: string | undefined) => {
  const socket = { remoteAddress, destroyed: false, destroy: () => (socket.destroyed = true) };
  const open: buildConnector.connector = (_options, callback) => callback(null, socket as unknown as Socket);
  return { socket, open };
};
const connect = (open: buildConnector.connector, hostname: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    guardedConnector({ policy: { trustedHosts: ['dev.example.com:8443'] }, open })({ hostname, protocol: 'https:', port: '8443' }, (error, socket) => (error ? reject(error) : resolve(socket as Socket)));
  });

describe('guardedConnector', () => {
  it.each(['127.0.0.1', '::1', '::ffff:10.0.0.1', '169.254.169.254', 'fe80::1%eth0', '', undefined])('hangs up when the socket turns out to be connected to %s', async (address) => {
    const { socket, open } = connectedTo(address);
    await expect(connect(open, 'example.com')).rejects.toMatchObject({ kind: 'refused' });
    expect(socket.destroyed).toBe(true);
  });

  it('hands over sockets to public addresses, and to trusted hosts wherever they are', async () => {
    await expect(connect(connectedTo('93.184.216.34').open, 'example.com')).resolves.toBeDefined();
    await expect(connect(connectedTo('2606:2800:220:1::1').open, 'example.com')).resolves.toBeDefined();
    await expect(connect(connectedTo('127.0.0.1').open, 'dev.example.com')).resolves.toBeDefined();
  });

  it('opens nothing for an address that is not public', async () => {
    let opened = 0;
    const open: buildConnector.connector = () => (opened += 1);
    await expect(connect(open, '[::1]')).rejects.toMatchObject({ kind: 'refused' });
    expect(opened).toBe(0);
  });
});
