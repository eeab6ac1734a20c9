import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { AvatarVideoConfigSchema } from './avatar-video.config.js';
import { AvatarVideoRpcController } from './avatar-video.rpc-controller.js';
import { AvatarVideoService } from './avatar-video.service.js';
import { LESSON_RENDERER } from './ports/lesson-renderer.port.js';
import { LocalLessonRenderer } from './providers/local/local.renderer.js';

@Module({
  controllers: [AvatarVideoRpcController],
  providers: [
    AvatarVideoService,
    {
      provide: LocalLessonRenderer,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment): LocalLessonRenderer => {
        const config = readConfig(AvatarVideoConfigSchema, environment);
        return new LocalLessonRenderer({ threads: config.AVATAR_VIDEO_SLIDE_THREADS, lessons: config.AVATAR_VIDEO_LESSONS_AT_A_TIME });
      },
    },
    { provide: LESSON_RENDERER, useExisting: LocalLessonRenderer },
  ],
})
export class AvatarVideoModule implements OnApplicationShutdown {
  constructor(@Inject(LocalLessonRenderer) private readonly renderer: LocalLessonRenderer) {}

  async onApplicationShutdown(): Promise<void> {
    await this.renderer.close();
  }
}
