import { crc32 } from 'node:zlib';

export interface StoredEntry {
  name: string;
  bytes: Uint8Array;
}

const UTF8_NAMES = 0x0800;
const VERSION = 20;
// 1980-01-01, the first day that the format knows.
const DOS_DATE = 0x0021;

/** A zip container whose entries are stored as they are, without compression. */
export function storeZip(entries: readonly StoredEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const nameBytes = Buffer.from(name, 'utf8');
    const fields = commonFields(bytes, nameBytes.length);
    const local = Buffer.concat([signature(0x04034b50), fields, nameBytes]);
    locals.push(local, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    directory.push(signature(0x02014b50), u16(VERSION), fields, Buffer.alloc(10), u32(offset), nameBytes);
    offset += local.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.concat([signature(0x06054b50), u16(0), u16(0), u16(entries.length), u16(entries.length), u32(central.length), u32(offset), u16(0)]);
  return Buffer.concat([...locals, central, end]);
}

/** The 26 bytes that a local header and a directory record share: version to the length of the extra field. */
function commonFields(bytes: Uint8Array, nameLength: number): Buffer {
  return Buffer.concat([
    u16(VERSION), u16(UTF8_NAMES), u16(0), u16(0), u16(DOS_DATE),
    u32(crc32(bytes)), u32(bytes.length), u32(bytes.length), u16(nameLength), u16(0),
  ]);
}

function signature(value: number): Buffer {
  return u32(value);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
