import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { newId, TenantIdSchema } from '@tecnocursos/contracts';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';

export interface MailboxEntry {
  /** SHA-256 of the Message-ID. */
  id: string;
  /** Without angle brackets. */
  messageId: string;
  from: string;
  to: string[];
  subject: string;
  receivedAt: Date;
}

export interface MailboxMessage extends MailboxEntry {
  text: string;
  html: string;
}

export const TENANT_HEADER = 'x-tecnocursos-tenant';
const AS_IT_IS = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
const SUFFIX = '.eml';
const STALE_MS = 3_600_000;

const idOf = (messageId: string): string => createHash('sha256').update(messageId).digest('hex');

/** Messages as files `<directory>/<tenantId>/<sha256 of the Message-ID>.eml`: one message however often it arrives. */
export class MailboxStore {
  constructor(private readonly directory: string) {}

  /** @throws Error when the message has no Message-ID or no tenant. */
  async add(source: Buffer): Promise<void> {
    const mail = await simpleParser(source, AS_IT_IS);
    const tenantId = TenantIdSchema.safeParse(mail.headers.get(TENANT_HEADER));
    if (!mail.messageId || !tenantId.success) throw new Error('A message needs a Message-ID and a tenant.');
    const messageId = withoutBrackets(mail.messageId);
    if (!(await this.has(tenantId.data, messageId))) await this.write(this.pathOf(tenantId.data, idOf(messageId)), source);
  }

  async has(tenantId: string, messageId: string): Promise<boolean> {
    return (await orNothing(stat(this.pathOf(tenantId, idOf(messageId))))) !== null;
  }

  /** Newest first. */
  async list(tenantId: string, limit: number): Promise<MailboxEntry[]> {
    const ids = await this.ids(tenantId);
    const found = await Promise.all(ids.map(async (id) => ({ id, receivedAt: (await orNothing(stat(this.pathOf(tenantId, id))))?.mtimeMs ?? 0 })));
    const newest = found.sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? -1 : 1)).slice(0, limit);
    const messages = await Promise.all(newest.map(({ id }) => this.get(tenantId, id)));
    return messages.filter((message) => message !== null);
  }

  /** Null when the tenant has no such message. */
  async get(tenantId: string, id: string): Promise<MailboxMessage | null> {
    const path = this.pathOf(tenantId, id);
    const [source, stats] = await Promise.all([orNothing(readFile(path)), orNothing(stat(path))]);
    if (!source || !stats) return null;
    const mail = await simpleParser(source, AS_IT_IS);
    return { id, receivedAt: stats.mtime, ...describe(mail), text: mail.text ?? '', html: mail.html || '' };
  }

  /** Of all messages of a tenant, in their order. */
  async ids(tenantId: string): Promise<string[]> {
    const names = (await orNothing(readdir(this.folderOf(tenantId)))) ?? [];
    return names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length)).sort();
  }

  /** Whoever has messages. */
  async tenants(): Promise<string[]> {
    return ((await orNothing(readdir(this.directory))) ?? []).filter((name) => TenantIdSchema.safeParse(name).success);
  }

  /** @returns false when there was no such message. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    return (await orNothing(unlink(this.pathOf(tenantId, id)).then(() => true))) ?? false;
  }

  /** @returns how many that were. */
  async removeAll(tenantId: string): Promise<number> {
    const { length } = await this.ids(tenantId);
    await rm(this.folderOf(tenantId), { recursive: true, force: true });
    return length;
  }

  /** @returns how many that were. */
  async removeBefore(tenantId: string, before: Date): Promise<number> {
    let removed = 0;
    for (const id of await this.ids(tenantId)) {
      const stats = await orNothing(stat(this.pathOf(tenantId, id)));
      if (stats && stats.mtime < before) removed += Number(await this.remove(tenantId, id));
    }
    return removed;
  }

  /** Removes what a process left that was killed while it wrote. Drafts are written in an instant: an old one has no owner. */
  async sweep(now: number): Promise<void> {
    for (const name of (await orNothing(readdir(this.directory))) ?? []) {
      const path = join(this.directory, name);
      const isDraft = name.startsWith('.') && now - ((await orNothing(stat(path)))?.mtimeMs ?? now) > STALE_MS;
      if (isDraft) await rm(path, { force: true });
    }
  }

  private async write(path: string, source: Buffer): Promise<void> {
    const draft = join(this.directory, `.${newId()}`);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    try {
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(source);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  }

  private folderOf(tenantId: string): string {
    return join(this.directory, TenantIdSchema.parse(tenantId));
  }

  private pathOf(tenantId: string, id: string): string {
    return join(this.folderOf(tenantId), `${id}${SUFFIX}`);
  }
}

function describe(mail: ParsedMail): Omit<MailboxEntry, 'id' | 'receivedAt'> {
  return { messageId: withoutBrackets(mail.messageId ?? ''), from: mail.from?.text ?? '', to: addressesOf(mail.to), subject: mail.subject ?? '' };
}

const addressesOf = (to: AddressObject | AddressObject[] | undefined): string[] =>
  [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));

const withoutBrackets = (messageId: string): string => messageId.replace(/^<(.*)>$/, '$1');

/** Null for a file or a folder that is not there. */
async function orNothing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
