import type { Readable } from 'node:stream';

/** Where an object is. Both parts were validated: a tenant's UUID and a key of `ObjectKeySchema`. */
export interface ObjectAddress {
  readonly tenantId: string;
  readonly key: string;
}

export interface ObjectInfo {
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Of the whole content, in lower-case hex. */
  readonly sha256: string;
  readonly modifiedAt: Date;
}

/** Positions of the first and the last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One version of an object: what is read belongs to `info`, also when the object is replaced or deleted meanwhile. */
export interface OpenObject {
  readonly info: ObjectInfo;
  /** The bytes of the range, or all. To be called at most once; the stream closes the object at its end. */
  read(range?: ByteRange): Readable;
  /** For those who do not read. Harmless to repeat. */
  close(): Promise<void>;
}

export interface PutOptions {
  readonly contentType: string;
  readonly maxBytes: number;
}

export interface ListOptions {
  /** Only objects below it; all of the tenant's when absent. */
  readonly folder?: string;
  /** Key after which the page begins. */
  readonly after?: string;
  readonly limit: number;
}

export interface ObjectPage {
  /** In the order of their keys (by code unit). */
  readonly objects: readonly { key: string; size: number; modifiedAt: Date }[];
  readonly hasMore: boolean;
}

export interface StoreCondition {
  /** Bytes that may still be written; null when the store knows no limit. */
  readonly freeBytes: number | null;
}

/** A place for objects. Drivers of cloud vendors implement the same, each in its folder under `providers/`. */
export interface ObjectStore {
  /** Name of the driver, as health shows it. */
  readonly name: string;
  readonly mode: 'live' | 'local';

  /**
   * Stores the content under the address, in place of what was there. Readers see the old object or the new one, never
   * a mixture, and an upload that does not end well leaves nothing behind.
   * @throws AppError `payload_too_large` when the content has more than `maxBytes`, `conflict` when a folder of the key
   * is an object or the key is a folder, `unavailable` when the store is full; whatever `body` throws.
   */
  put(address: ObjectAddress, body: AsyncIterable<Uint8Array>, options: PutOptions): Promise<ObjectInfo>;

  /** Null when there is no such object. */
  open(address: ObjectAddress): Promise<OpenObject | null>;

  /** Null when there is no such object. Does not read the content. */
  head(address: ObjectAddress): Promise<ObjectInfo | null>;

  list(tenantId: string, options: ListOptions): Promise<ObjectPage>;

  /** False when there was nothing to delete. */
  delete(address: ObjectAddress): Promise<boolean>;

  /** Deletes all that is below a folder, and answers how many objects that were. */
  deleteFolder(tenantId: string, folder: string): Promise<number>;

  /** @throws when the store does not take writes. */
  check(): Promise<StoreCondition>;
}
