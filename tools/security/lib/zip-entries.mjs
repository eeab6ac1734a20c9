// Reads a zip by the directory at its end, as programs do.
import { inflateRawSync } from 'node:zlib';

const DEFLATED = 8;

/** @returns {Map<string, Buffer>} contents by name */
export function zipEntries(zip) {
  const entries = new Map();
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < zip.readUInt16LE(end + 10); entry += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const stored = zip.subarray(data, data + zip.readUInt32LE(at + 20));
    entries.set(zip.subarray(at + 46, at + 46 + nameLength).toString(), zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(stored) : stored);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
