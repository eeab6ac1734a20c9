import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UsageRecordSchema, type UsageRecord } from '@tecnocursos/contracts';
import { lockDirectory } from '@tecnocursos/persistence';
import type { UsageLedger } from '@tecnocursos/provider-kit';

export interface UsageJournalOptions {
  /** Folder of all processes' journals. */
  readonly root: string;
  /** Each is the JSON of a `UsageRecord`. Resolves when the broker has stored them. */
  readonly publish: (records: readonly string[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly shipEveryMs?: number;
}

const SHIP_EVERY_MS = 500;
const ADOPT_EVERY_MS = 30_000;
const RECORDS_A_MESSAGE = 500;

/**
 * Notes each attempt in a file at once (a few microseconds, no waiting), and brings what was noted to the ledger in batches. What a killed process left is brought
 * by the next one that starts: its folder's lock ends with it. The file is not synced: it survives the process, not the machine's loss of power.
 */
export class UsageJournal implements UsageLedger {
  private readonly folder: string;
  private readonly lock: { release(): void };
  private segment: Segment;
  private shipping: Promise<void> | undefined;
  private readonly timers: NodeJS.Timeout[];

  constructor(private readonly options: UsageJournalOptions) {
    this.folder = join(options.root, randomUUID());
    this.lock = lockDirectory(this.folder);
    this.segment = new Segment(this.folder);
    this.timers = [setInterval(() => this.kick(), options.shipEveryMs ?? SHIP_EVERY_MS).unref(), setInterval(() => this.adopt(), ADOPT_EVERY_MS).unref()];
    this.adopt();
  }

  record(entry: UsageRecord): void {
    try {
      this.segment.append(entry);
    } catch (error) {
      this.options.onError(error); // a full disk costs the note, not the answer
    }
  }

  /** Brings everything to the ledger, as far as the broker answers; what it does not take stays in the folder for the next process. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.shipping;
    await this.ship().catch((error: unknown) => this.options.onError(error));
    this.segment.close();
    this.lock.release();
    removeIfEmpty(this.folder);
  }

  /** Brings what was noted until now. */
  async flush(): Promise<void> {
    await this.shipping;
    await this.ship();
  }

  private kick(): void {
    this.shipping ??= this.ship()
      .catch((error: unknown) => this.options.onError(error))
      .finally(() => {
        this.shipping = undefined;
      });
  }

  private async ship(): Promise<void> {
    if (!this.segment.isEmpty) {
      const full = this.segment;
      this.segment = new Segment(this.folder);
      full.close();
      // The usual case: what was noted is still at hand, and the file is there for the day it is not.
      await this.publish(full.lines);
      rmSync(full.path);
    }
    await this.shipFiles(this.folder);
  }

  private async publish(records: readonly string[]): Promise<void> {
    for (let from = 0; from < records.length; from += RECORDS_A_MESSAGE) await this.options.publish(records.slice(from, from + RECORDS_A_MESSAGE));
  }

  private async shipFiles(folder: string): Promise<void> {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl')).sort()) {
      const path = join(folder, name);
      if (path === this.segment.path) continue;
      await this.publish(this.read(path));
      rmSync(path);
    }
  }

  /** A line that a dying process did not finish is no record; any other that is none is a defect to be told. */
  private read(path: string): string[] {
    return readFileSync(path, 'utf8').split('\n').flatMap((line, index, lines) => {
      if (line === '') return [];
      const parsed = UsageRecordSchema.safeParse(parseLine(line));
      if (parsed.success) return [line];
      const field = parsed.error.issues[0]?.path.join('.') || '(line)';
      if (index < lines.length - 1) this.options.onError(new Error(`An attempt was not noted for the ledger: ${field} is not valid`));
      return [];
    });
  }

  /** Takes over the folders of processes that are gone. */
  private adopt(): void {
    this.adoptAll().catch((error: unknown) => this.options.onError(error));
  }

  private async adoptAll(): Promise<void> {
    for (const entry of readdirSync(this.options.root, { withFileTypes: true })) {
      const folder = join(this.options.root, entry.name);
      if (!entry.isDirectory() || folder === this.folder) continue;
      const lock = tryLock(folder);
      if (!lock) continue;
      try {
        await this.shipFiles(folder);
        rmSync(folder, { recursive: true, force: true });
      } finally {
        lock.release();
      }
    }
  }
}

/** One file of the journal; it is shipped as a whole. */
class Segment {
  readonly path: string;
  readonly lines: string[] = [];
  private readonly file: number;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.path = join(folder, `${Date.now()}-${randomUUID()}.jsonl`);
    this.file = openSync(this.path, 'a', 0o600);
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  append(entry: UsageRecord): void {
    const line = JSON.stringify(entry);
    this.lines.push(line);
    writeSync(this.file, `${line}\n`);
  }

  close(): void {
    closeSync(this.file);
    if (this.isEmpty) rmSync(this.path, { force: true });
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function tryLock(folder: string): { release(): void } | undefined {
  try {
    return lockDirectory(folder);
  } catch {
    return undefined; // its process lives
  }
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).every((name) => !name.endsWith('.jsonl'))) rmSync(folder, { recursive: true, force: true });
}
