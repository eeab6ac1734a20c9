import { Inject, Injectable } from '@nestjs/common';
import { servedLocally, type renderLesson, type ReplyInput } from '@tecnocursos/contracts';
import { BlobStore } from '@tecnocursos/nest-kit';
import { LESSON_RENDERER, type LessonMedia, type LessonRenderer, type LessonToRender, type RenderedLesson } from './ports/lesson-renderer.port.js';

@Injectable()
export class AvatarVideoService {
  constructor(
    @Inject(LESSON_RENDERER) private readonly renderer: LessonRenderer,
    private readonly blobs: BlobStore,
  ) {}

  /** Renders a lesson from stored media, and stores its video and its poster. */
  async renderLesson(lesson: LessonToRender, signal: AbortSignal): Promise<ReplyInput<typeof renderLesson>> {
    const media: LessonMedia = { download: (key, path, abort) => this.blobs.downloadToFile(key, path, abort) };
    return this.renderer.render(lesson, media, (rendered) => this.deliver(lesson, rendered, signal), signal);
  }

  private async deliver(lesson: LessonToRender, rendered: RenderedLesson, signal: AbortSignal): Promise<ReplyInput<typeof renderLesson>> {
    const poster = await this.blobs.uploadFile(lesson.poster_key, rendered.posterPath, 'image/jpeg', signal);
    const video = await this.blobs.uploadFile(lesson.video_key, rendered.videoPath, 'video/mp4', signal);
    const { durationMs, width, height, slides, chapters, warnings } = rendered;
    return { video, poster, duration_ms: durationMs, width, height, slides, chapters, warnings, served_by: servedLocally(this.renderer.name) };
  }
}
