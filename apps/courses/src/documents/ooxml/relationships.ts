import { posix } from 'node:path';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { ZipArchive } from '../zip/zip-archive.js';
import { elementsOf, parseXml } from './xml.js';

export interface Relationship {
  /** Last segment of the type's URL: `slide`, `image`, `notesSlide` … */
  type: string;
  /** Name of the part in the container. */
  target: string;
}

/** Relationships of a part by id; those that point outside of the container are left out. */
export async function readRelationships(archive: ZipArchive, part: string): Promise<Map<string, Relationship>> {
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
  const relationships = new Map<string, Relationship>();
  if (!archive.has(name)) return relationships;
  for (const { attributes } of elementsOf(parseXml(await archive.bytes(name, DOCUMENT_LIMITS.xmlPartBytes)))) {
    if (attributes['TargetMode'] === 'External' || attributes['Id'] === undefined || attributes['Target'] === undefined) continue;
    const target = resolveTarget(part, attributes['Target']);
    relationships.set(attributes['Id'], { type: posix.basename(attributes['Type'] ?? ''), target });
  }
  return relationships;
}

function resolveTarget(part: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target);
}
