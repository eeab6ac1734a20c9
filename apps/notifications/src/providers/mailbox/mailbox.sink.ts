import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import type { MailboxStore } from './mailbox.store.js';

const MAX_BYTES = 5 * 1024 * 1024;
const HOST = '127.0.0.1';

/** A mail server on loopback that keeps what it takes. Only who has the URL, with its password, can deliver. */
export class MailboxSink {
  private constructor(
    readonly url: string,
    private readonly server: SMTPServer,
  ) {}

  static async start(store: MailboxStore): Promise<MailboxSink> {
    const password = randomBytes(24).toString('hex');
    const server = new SMTPServer({
      banner: 'TecnoCursos mailbox',
      size: MAX_BYTES,
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 1_000,
      onAuth: (auth, _session, callback) => callback(auth.password === password ? null : new Error('Invalid login'), { user: 'mailbox' }),
      onData: (stream, _session, callback) => {
        keep(stream, store).then(() => callback(null), callback);
      },
    });
    server.on('error', () => undefined); // of one connection, whose client sees it too
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(0, HOST, resolve);
    });
    const { port } = server.server.address() as AddressInfo;
    return new MailboxSink(`smtp://mailbox:${password}@${HOST}:${port}`, server);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function keep(stream: SMTPServerDataStream, store: MailboxStore): Promise<void> {
  const source = await buffer(stream);
  if (stream.sizeExceeded) throw refusal(552, `A message has at most ${MAX_BYTES} bytes.`);
  await store.add(source).catch((cause: unknown) => {
    throw (cause as NodeJS.ErrnoException).code === undefined ? refusal(550, String(cause)) : refusal(451, 'The message could not be stored.');
  });
}

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
