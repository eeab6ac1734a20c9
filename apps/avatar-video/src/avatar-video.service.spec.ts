import { describe, expect, it } from 'vitest';
import { AppError, parseOrThrow, renderLesson, type ObjectRef } from '@tecnocursos/contracts';
import type { BlobStore } from '@tecnocursos/nest-kit';
import { AvatarVideoService } from './avatar-video.service.js';
import type { LessonRenderer } from './ports/lesson-renderer.port.js';

const request = parseOrThrow(renderLesson.request, {
  course_title: 'Curso', lesson_number: 1, lesson_title: 'Aula', language: 'pt-BR', images: [],
  slides: [{ slide: { kind: 'title', title: 'Aula', narration: 'x' }, audio_key: 'audio/1.wav', duration_ms: 1_000 }],
  video_key: 'lessons/1.mp4', poster_key: 'lessons/1.jpg',
});

class MemoryBlobs implements Pick<BlobStore, 'downloadToFile' | 'uploadFile'> {
  readonly downloads: string[] = [];
  readonly uploads: string[] = [];

  async downloadToFile(key: string, path: string): Promise<void> {
    this.downloads.push(`${key} > ${path}`);
  }

  async uploadFile(key: string, path: string, contentType: string): Promise<ObjectRef> {
    this.uploads.push(`${path} > ${key}`);
    return { key, content_type: contentType, size: 1, sha256: '0'.repeat(64) };
  }
}

const renderer: LessonRenderer = {
  name: 'local',
  render: async (lesson, media, deliver, signal) => {
    await media.download(lesson.slides[0]?.audio_key ?? '', '/tmp/x/narration-0', signal);
    return deliver({
      videoPath: '/tmp/x/lesson.mp4', posterPath: '/tmp/x/poster.jpg', durationMs: 1_240, width: 1280, height: 720,
      slides: [{ start_ms: 0, end_ms: 1_240 }], chapters: [{ title: 'Aula', start_ms: 0, end_ms: 1_240 }], warnings: ['w'],
    });
  },
};

describe('AvatarVideoService', () => {
  it('stores video and poster under the keys asked for, and answers as the contract says', async () => {
    const blobs = new MemoryBlobs();
    const reply = await new AvatarVideoService(renderer, blobs as unknown as BlobStore).renderLesson(request, new AbortController().signal);
    expect(renderLesson.reply.parse(reply)).toMatchObject({
      video: { key: 'lessons/1.mp4', content_type: 'video/mp4' }, poster: { key: 'lessons/1.jpg', content_type: 'image/jpeg' },
      duration_ms: 1_240, served_by: { provider: 'local', simulated: false }, warnings: ['w'],
    });
    expect(blobs.downloads).toEqual(['audio/1.wav > /tmp/x/narration-0']);
    expect(blobs.uploads).toEqual(['/tmp/x/poster.jpg > lessons/1.jpg', '/tmp/x/lesson.mp4 > lessons/1.mp4']);
  });

  it('passes the errors of the renderer on', async () => {
    const failing: LessonRenderer = { name: 'local', render: async () => { throw new AppError('engine_failed', 'no'); } };
    await expect(new AvatarVideoService(failing, new MemoryBlobs() as unknown as BlobStore).renderLesson(request, new AbortController().signal)).rejects.toMatchObject({ code: 'engine_failed' });
  });
});
