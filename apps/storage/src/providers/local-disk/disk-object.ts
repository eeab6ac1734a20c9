import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange, ObjectInfo, OpenObject } from '../../ports/object-store.port.js';

const READ_AHEAD = 256 * 1024;

/** An open file: it stays what it is, whatever takes its name. */
export class DiskObject implements OpenObject {
  private closed = false;

  constructor(
    private readonly handle: FileHandle,
    readonly info: ObjectInfo,
  ) {}

  read(range: ByteRange = { first: 0, last: this.info.size - 1 }): Readable {
    if (this.info.size === 0) {
      void this.close();
      return Readable.from([]);
    }
    this.closed = true; // by the end of the stream
    return this.handle.createReadStream({ start: range.first, end: range.last, highWaterMark: READ_AHEAD });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.handle.close();
  }
}
