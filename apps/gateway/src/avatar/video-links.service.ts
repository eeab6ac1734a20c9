import type { Video } from '@tecnocursos/contracts';
import type { z } from 'zod';
import { type SignedLinksService } from '../links/signed-links.service.js';
import type { LinkedVideoSchema } from './video.operations.js';

export type LinkedVideo = z.input<typeof LinkedVideoSchema>;

/** Videos as callers see them: with links to what is ready. */
export class VideoLinks {
  constructor(private readonly links: SignedLinksService) {}

  async one(video: Video): Promise<LinkedVideo> {
    const [linked] = await this.all([video]);
    return linked ?? { ...video, links: null };
  }

  async all(videos: readonly Video[]): Promise<LinkedVideo[]> {
    const { urls, expiresAt } = await this.links.of(videos.flatMap(({ result }) => (result ? keysOf(result) : [])));
    return videos.map((video) => ({ ...video, links: video.result && linksOf(video.result, urls, expiresAt ?? '') }));
  }
}

type Result = NonNullable<Video['result']>;

const keysOf = ({ video, poster, captions }: Result): string[] => [video.key, poster.key, ...(captions ? [captions.key] : [])];

function linksOf({ video, poster, captions }: Result, urls: ReadonlyMap<string, string>, expiresAt: string): NonNullable<LinkedVideo['links']> {
  const url = (key: string): string => urls.get(key) ?? '';
  return { video: url(video.key), poster: url(poster.key), captions: captions && url(captions.key), expire_at: expiresAt };
}
