import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import { AppError } from '@tecnocursos/contracts';

interface Entry {
  name: Buffer;
  method: 0 | 8;
  crc: number;
  size: number;
  stored: number;
  offset: number;
}

/** APPNOTE 4.4.8: sizes and offsets are 32 bits without the zip64 extension. */
const LIMIT = 0xffff_ffff;
const ENTRIES_LIMIT = 0xffff;
const UTF8_NAMES = 0x0800;
const VERSION = 20;
/** 1 January 1980: an export says in its records when things happened. */
const DOS_DATE = 0x0021;

/** Writes a zip file entry by entry: texts deflated, files as they are, for pictures and videos are packed already. */
export class ZipWriter {
  private readonly entries: Entry[] = [];
  private offset = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'wx', 0o600));
  }

  async addText(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    await this.begin({ name, method: 8, crc: crc32(bytes), size: bytes.length, stored: packed.length });
    await this.write(packed);
  }

  async addFile(name: string, path: string): Promise<void> {
    const { size } = await stat(path);
    let crc = 0;
    for await (const chunk of createReadStream(path)) crc = crc32(chunk as Buffer, crc);
    await this.begin({ name, method: 0, crc, size, stored: size });
    for await (const chunk of createReadStream(path)) await this.write(chunk as Buffer);
  }

  /** Writes the directory and closes the file. */
  async end(): Promise<void> {
    const start = this.offset;
    for (const entry of this.entries) await this.write(directoryRecord(entry));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x0605_4b50, 0);
    end.writeUInt16LE(this.entries.length, 8);
    end.writeUInt16LE(this.entries.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.write(end);
    await this.close();
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async begin({ name, ...entry }: Omit<Entry, 'name' | 'offset'> & { name: string }): Promise<void> {
    const isTooLarge = entry.size > LIMIT || this.offset + entry.stored > LIMIT || this.entries.length >= ENTRIES_LIMIT;
    if (isTooLarge) throw new AppError('payload_too_large', 'The export has more than 4 GiB or 65,535 files. Ask for it in parts.');
    const added: Entry = { ...entry, name: Buffer.from(name), offset: this.offset };
    this.entries.push(added);
    await this.write(localHeader(added));
  }

  private async write(bytes: Uint8Array): Promise<void> {
    await this.file.write(bytes);
    this.offset += bytes.length;
  }
}

/** What local header and directory share, from "version needed" to "length of the extra field". */
function common({ name, method, crc, size, stored }: Entry): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(VERSION, 0);
  bytes.writeUInt16LE(UTF8_NAMES, 2);
  bytes.writeUInt16LE(method, 4);
  bytes.writeUInt16LE(DOS_DATE, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(stored, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

const localHeader = (entry: Entry): Buffer => Buffer.concat([Buffer.from('504b0304', 'hex'), common(entry), entry.name]);

function directoryRecord(entry: Entry): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([Buffer.from('504b01021400', 'hex'), common(entry), tail, entry.name]);
}
