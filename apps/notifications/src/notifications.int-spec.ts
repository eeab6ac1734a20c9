import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { derivedId, getMailboxMessage, healthChecks, listMailbox, newId, sendMessage, type ReplyOf, type RequestInput } from '@tecnocursos/contracts';
import { connectBus, RpcClient, type BusConnection } from '@tecnocursos/messaging';
import { createLogger, startService, type RunningService } from '@tecnocursos/nest-kit';
import { createTestRuntime, startNatsServer, type TestNatsServer, type TestRuntime } from '@tecnocursos/testing';
import type { Kysely } from 'kysely';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { MessageRepository } from './message.repository.js';
import { MessageService } from './message.service.js';
import type { MessageRow, NotificationsTables } from './notifications.tables.js';
import { MailboxSink } from './providers/mailbox/mailbox.sink.js';
import { MailboxStore } from './providers/mailbox/mailbox.store.js';
import { MailboxTransport } from './providers/mailbox/mailbox.transport.js';
import { SmtpTransport } from './providers/smtp/smtp.transport.js';
import { service } from './service.js';

type SendInput = Extract<RequestInput<typeof sendMessage>, { template: 'course-ready' }>;
type Data = SendInput['data'];

const messageTo = (key: string, data: Partial<Data> = {}, to: SendInput['to'] = { email: 'ana@escola.example', name: 'Ana' }): SendInput => ({
  idempotency_key: key, template: 'course-ready', language: 'pt-BR', to,
  data: {
    course_title: 'Fotossíntese', player_url: 'https://cursos.example/p.html', lessons: [{ title: 'A luz', duration_s: 90 }], link_expires_at: '2026-11-30T17:00:00Z', ...data,
  },
});
const parsed = (input: SendInput) => sendMessage.request.parse(input);
const messageIdOf = (tenantId: string, key: string): string => `${derivedId('message', tenantId, key)}@tecnocursos.example`;
const SENDER = { email: 'no-reply@tecnocursos.example' };

/** A mail server of the test's own, on a real socket, which keeps what it takes. */
async function startMailServer(options: SMTPServerOptions = {}): Promise<{ url: string; received: string[]; close(): Promise<void> }> {
  const received: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 100,
    onData: (stream, _session, callback) => {
      void text(stream).then((source) => {
        received.push(source);
        callback(null);
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const refusing = (responseCode: number) => (_value: unknown, _session: unknown, callback: (error: Error) => void) =>
  callback(Object.assign(new Error('no'), { responseCode }));

describe('notifications', () => {
  let nats: TestNatsServer;
  let bus: BusConnection;
  let rpc: RpcClient;
  let runtime: TestRuntime;
  let running: RunningService;
  let directory: string;
  let db: Kysely<NotificationsTables>;
  let tenantId: string;

  const send = (input: SendInput, tenant = tenantId): Promise<ReplyOf<typeof sendMessage>> => rpc.call(sendMessage, input, { tenantId: tenant });
  const mailbox = async (tenant = tenantId) => (await rpc.call(listMailbox, {}, { tenantId: tenant })).messages;
  const rowOf = (key: string): Promise<MessageRow> => db.selectFrom('message').selectAll().where('tenant_id', '=', tenantId).where('idempotency_key', '=', key).executeTakeFirstOrThrow();
  /** What a process leaves that was killed while it sent. */
  const crashWhileSending = async (key: string, leaseUntil: Date): Promise<MessageRow> => {
    const repository = new MessageRepository(db);
    await send(messageTo(`${key}-like`)); // for a hash of the very same request
    const { request_sha256 } = await rowOf(`${key}-like`);
    const claim = await repository.claim(
      { tenant_id: tenantId, idempotency_key: key, template: 'course-ready', recipient: 'ana@escola.example', language: 'pt-BR', request_sha256, message_id: messageIdOf(tenantId, key) }, 1_000,
    );
    if (claim.type !== 'claimed') throw new Error('the key is in use');
    await db.updateTable('message').set({ lease_until: leaseUntil }).where('id', '=', claim.message.id).execute();
    return claim.message;
  };
  const longAgo = (): Date => new Date(Date.now() - 60_000);

  beforeAll(async () => {
    nats = await startNatsServer();
    directory = await mkdtemp(join(tmpdir(), 'tc-mailbox-'));
    runtime = createTestRuntime(nats.url, { MAILBOX_DIR: directory });
    running = await startService(service, runtime);
    db = (await runtime.database()).schema<NotificationsTables>('notifications');
    bus = await connectBus({ url: nats.url, name: 'test' });
    rpc = new RpcClient(bus);
  }, 60_000);
  afterAll(async () => {
    rpc.close();
    await bus.close();
    await running.close();
    await runtime.close();
    await nats.stop();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => {
    tenantId = newId();
  });

  it('delivers to the mailbox, where the tenant alone reads it', async () => {
    const reply = await send(messageTo('course-1-ready'));
    expect(reply).toMatchObject({ state: 'sent', message_id: messageIdOf(tenantId, 'course-1-ready'), served_by: { provider: 'mailbox', simulated: false, attempts: 1 } });
    const [entry, ...others] = await mailbox();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ message_id: reply.message_id, to: ['ana@escola.example'], subject: 'Seu curso “Fotossíntese” está pronto', from: '"TecnoCursos" <no-reply@tecnocursos.example>' });
    const { message } = await rpc.call(getMailboxMessage, { id: entry?.id ?? '' }, { tenantId });
    expect(message.html).toContain('https://cursos.example/p.html');
    expect(message.text).toContain('Olá, Ana!');
    expect(await mailbox(newId())).toEqual([]);
    await expect(rpc.call(getMailboxMessage, { id: entry?.id ?? '' }, { tenantId: newId() })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists the newest first, and no more than asked', async () => {
    for (const number of [1, 2, 3]) {
      await send(messageTo(`course-${number}-ready`, { course_title: `Curso ${number}` }));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const { messages } = await rpc.call(listMailbox, { limit: 2 }, { tenantId });
    expect(messages.map(({ subject }) => subject)).toEqual(['Seu curso “Curso 3” está pronto', 'Seu curso “Curso 2” está pronto']);
  });

  it('sends once for a key, also when asked many times at once', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(messageTo('course-1-ready'))));
    expect(replies.filter(({ state }) => state === 'sent')).toHaveLength(1);
    expect(new Set(replies.map(({ message_id }) => message_id)).size).toBe(1);
    expect((await send(messageTo('course-1-ready'))).state).toBe('duplicate');
    expect(await rowOf('course-1-ready')).toMatchObject({ state: 'sent', attempts: 1, lease_id: null });
    expect(await mailbox()).toHaveLength(1);
  });

  it('knows a repeated request by what it says, and not by its links, which are signed anew', async () => {
    await send(messageTo('course-1-ready'));
    expect((await send(messageTo('course-1-ready', { player_url: 'https://cursos.example/other', link_expires_at: '2026-12-01T00:00:00Z' }))).state).toBe('duplicate');
    await expect(send(messageTo('course-1-ready', { course_title: 'Outro' }))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(send(messageTo('course-1-ready', {}, { email: 'bia@escola.example' }))).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect((await send(messageTo('course-1-ready'), newId())).state).toBe('sent');
  });

  it('lets nothing into the headers', async () => {
    const line = 'x\r\nBcc: eve@evil.example\r\n\r\nbody';
    await send(messageTo('course-1-ready', { course_title: line }, { email: 'ana@escola.example', name: `"${line}" <eve@evil.example>,` }));
    const [file = ''] = await readdir(join(directory, tenantId));
    const [head = ''] = (await readFile(join(directory, tenantId, file), 'utf8')).split('\r\n\r\n');
    expect(head).not.toMatch(/^Bcc/im);
    expect(head.match(/^[A-Za-z-]+(?=:)/gm)?.sort()).toEqual(['Auto-Submitted', 'Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To', 'X-Tecnocursos-Tenant']);
    expect((await mailbox())[0]?.to).toEqual(['ana@escola.example']);
  });

  it('refuses addresses that are none', async () => {
    for (const email of ['ana', 'ana@x\r\nBcc: b@c.example', 'a@b.example, c@d.example']) {
      await expect(send(messageTo('course-1-ready', {}, { email }))).rejects.toMatchObject({ code: 'invalid_request', issues: [{ field: 'to.email' }] });
    }
  });

  it('sends after a crash what had not gone out, under the same Message-ID', async () => {
    const left = await crashWhileSending('course-1-ready', longAgo());
    expect(await send(messageTo('course-1-ready'))).toMatchObject({ state: 'sent', message_id: left.message_id, served_by: { attempts: 2 } });
    expect((await mailbox()).map(({ message_id }) => message_id)).toContain(left.message_id);
  });

  it('waits for another sender that is alive, and takes over when it is not', async () => {
    const left = await crashWhileSending('course-1-ready', new Date(Date.now() + 60_000));
    const waiting = send(messageTo('course-1-ready'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await rowOf('course-1-ready')).toMatchObject({ state: 'sending', attempts: 1 });
    await new MessageRepository(db).markSent(left.id);
    expect(await waiting).toMatchObject({ state: 'duplicate', message_id: left.message_id });

    await crashWhileSending('course-2-ready', new Date(Date.now() + 500));
    expect(await send(messageTo('course-2-ready'))).toMatchObject({ state: 'sent', served_by: { attempts: 2 } });
  });

  it('gives up waiting when its caller does', async () => {
    await crashWhileSending('course-1-ready', new Date(Date.now() + 60_000));
    await expect(rpc.call(sendMessage, messageTo('course-1-ready'), { tenantId, timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('tells its health', async () => {
    const { dependencies } = await rpc.call(healthChecks.notifications, {});
    expect(dependencies).toContainEqual({ name: 'smtp', kind: 'integration', status: 'up', mode: 'local', detail: 'mailbox' });
  });

  describe('over mail servers', () => {
    const closing: (() => Promise<void>)[] = [];
    const serviceOver = (transport: ConstructorParameters<typeof MessageService>[1]): MessageService => {
      closing.push(() => transport.close());
      return new MessageService(
        new MessageRepository(db), transport, { MAIL_FROM: SENDER, MAILBOX_DIR: directory, MAIL_TIME_ZONE: 'UTC' }, { leaseMs: 2_000, pollMs: 20 },
        createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'test' }),
      );
    };
    const mailServer = async (options?: SMTPServerOptions): Promise<{ url: string; received: string[]; close(): Promise<void> }> => {
      const server = await startMailServer(options);
      closing.push(() => server.close());
      return server;
    };
    const never = new AbortController().signal;

    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });

    it('does not send again what a crashed sender had delivered, when the transport can tell', async () => {
      const server = await mailServer();
      const store = new MailboxStore(directory);
      const sink = await MailboxSink.start(store);
      const left = await crashWhileSending('course-1-ready', longAgo());
      const toSink = new SmtpTransport(sink.url);
      await toSink.send({ messageId: left.message_id, tenantId, from: SENDER, to: { email: 'ana@escola.example' }, subject: 's', html: 'h', text: 't' });
      await toSink.close();
      const messages = serviceOver(new MailboxTransport(new SmtpTransport(server.url), sink, store));
      expect(await messages.send(tenantId, parsed(messageTo('course-1-ready')), never)).toMatchObject({ state: 'sent', message_id: left.message_id });
      expect(server.received).toEqual([]);
      expect(await rowOf('course-1-ready')).toMatchObject({ state: 'sent', lease_id: null });
    });

    it('sends again after a crash under the same Message-ID, when the transport cannot tell', async () => {
      const server = await mailServer();
      const left = await crashWhileSending('course-1-ready', longAgo());
      const messages = serviceOver(new SmtpTransport(server.url));
      await messages.send(tenantId, parsed(messageTo('course-1-ready')), never);
      expect(server.received).toHaveLength(1);
      expect(server.received[0]).toContain(`Message-ID: <${left.message_id}>`);
    });

    it('sends once through a slow server, though the lease is shorter, and other replicas ask', async () => {
      const received: string[] = [];
      const server = await mailServer({
        onData: (stream, _session, callback) => {
          void text(stream).then((source) => setTimeout(() => {
            received.push(source);
            callback(null);
          }, 3_000));
        },
      });
      const replicas = [1, 2, 3].map(() => serviceOver(new SmtpTransport(server.url)));
      const replies = await Promise.all(replicas.map((messages) => messages.send(tenantId, parsed(messageTo('course-1-ready')), never)));
      expect(replies.map(({ state }) => state).sort()).toEqual(['duplicate', 'duplicate', 'sent']);
      expect(received).toHaveLength(1);
    });

    it('names the field when the recipient is refused, and tries again when asked again', async () => {
      const server = await mailServer({ onRcptTo: refusing(550) });
      const messages = serviceOver(new SmtpTransport(server.url));
      await expect(messages.send(tenantId, parsed(messageTo('course-1-ready')), never)).rejects.toMatchObject({ code: 'invalid_request', retryable: false, issues: [{ field: 'to.email' }] });
      expect(await rowOf('course-1-ready')).toMatchObject({ state: 'failed', lease_id: null });
      const willing = await mailServer();
      expect(await serviceOver(new SmtpTransport(willing.url)).send(tenantId, parsed(messageTo('course-1-ready')), never)).toMatchObject({ state: 'sent', served_by: { attempts: 2 } });
    });

    it.each([
      ['greylisting', { onRcptTo: refusing(450) }, 'unavailable'],
      ['a full server', { onMailFrom: refusing(452) }, 'unavailable'],
      ['a refused sender', { onMailFrom: refusing(550) }, 'internal'],
      ['a refused message', { onData: (stream, session, callback) => {
        stream.resume();
        stream.on('end', () => refusing(554)(stream, session, callback));
      } }, 'internal'],
      ['a login that is asked for', { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authOptional: false }, 'unavailable'],
    ] as [string, SMTPServerOptions, string][])('maps %s', async (_name, options, code) => {
      const server = await mailServer(options);
      const messages = serviceOver(new SmtpTransport(server.url));
      await expect(messages.send(tenantId, parsed(messageTo('course-1-ready')), never)).rejects.toMatchObject({ code });
      expect(await rowOf('course-1-ready')).toMatchObject({ state: code === 'unavailable' ? 'sending' : 'failed', lease_until: null });
    });

    it('maps a server that is not there', async () => {
      const server = await startMailServer();
      await server.close();
      await expect(serviceOver(new SmtpTransport(server.url)).send(tenantId, parsed(messageTo('course-1-ready')), never)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    });

    it('logs in over a network by encrypted connections alone', async () => {
      const server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authOptional: true, onAuth: (_auth, _session, callback) => callback(null, { user: 'x' }) });
      const beyondLoopback = server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]'); // the same machine, by an address that does not look so
      await serviceOver(new SmtpTransport(beyondLoopback)).send(tenantId, parsed(messageTo('course-1-ready')), never);
      await serviceOver(new SmtpTransport(server.url.replace('//', '//user:secret@'))).send(tenantId, parsed(messageTo('course-2-ready')), never);
      expect(server.received).toHaveLength(2);
      const withPassword = serviceOver(new SmtpTransport(beyondLoopback.replace('//', '//user:secret@')));
      await expect(withPassword.send(tenantId, parsed(messageTo('course-3-ready')), never)).rejects.toMatchObject({ code: 'unavailable' });
      expect(server.received).toHaveLength(2);
    });

    it('keeps the mailbox to those who have its password', async () => {
      const sink = await MailboxSink.start(new MailboxStore(directory));
      closing.push(() => sink.close());
      const forged = new SmtpTransport(sink.url.replace(/:[0-9a-f]+@/, ':guess@'));
      closing.push(() => forged.close());
      await expect(forged.send({ messageId: 'a@b', tenantId, from: SENDER, to: SENDER, subject: 's', html: 'h', text: 't' })).rejects.toMatchObject({ code: 'unavailable' });
      expect(await mailbox()).toEqual([]);
    });
  });
});
