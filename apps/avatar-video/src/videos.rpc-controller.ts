import { Controller } from '@nestjs/common';
import {
  cancelVideo, createEffect, createVideo, getAvatarCredits, getVideo, listPresenters, listVideos, paintBackground, type ReplyInput, type RequestOf,
} from '@tecnocursos/contracts';
import { RpcHandler, type CallContext } from '@tecnocursos/messaging';
import { BackgroundService } from './backgrounds/background.service.js';
import { PresenterDesk } from './presenters/presenter-desk.service.js';
import { VideoIntake } from './videos/video-intake.service.js';

@Controller()
export class VideosRpcController {
  constructor(
    private readonly videos: VideoIntake,
    private readonly backgrounds: BackgroundService,
    private readonly presenters: PresenterDesk,
  ) {}

  @RpcHandler(createVideo)
  async create(request: RequestOf<typeof createVideo>, context: CallContext): Promise<ReplyInput<typeof createVideo>> {
    return { video: await this.videos.createVideo(request, context) };
  }

  @RpcHandler(createEffect)
  async effect(request: RequestOf<typeof createEffect>, context: CallContext): Promise<ReplyInput<typeof createEffect>> {
    return { video: await this.videos.createEffect(request, context) };
  }

  @RpcHandler(getVideo)
  async get({ video_id: id }: RequestOf<typeof getVideo>, { tenantId }: CallContext): Promise<ReplyInput<typeof getVideo>> {
    return { video: await this.videos.get(tenantId, id) };
  }

  @RpcHandler(listVideos)
  list(query: RequestOf<typeof listVideos>, { tenantId }: CallContext): Promise<ReplyInput<typeof listVideos>> {
    return this.videos.list(tenantId, query);
  }

  @RpcHandler(cancelVideo)
  async cancel({ video_id: id }: RequestOf<typeof cancelVideo>, { tenantId }: CallContext): Promise<ReplyInput<typeof cancelVideo>> {
    return { video: await this.videos.cancel(tenantId, id) };
  }

  @RpcHandler(paintBackground)
  paint(request: RequestOf<typeof paintBackground>, context: CallContext): Promise<ReplyInput<typeof paintBackground>> {
    return this.backgrounds.paint(request, context);
  }

  @RpcHandler(listPresenters)
  listPresenters(_request: RequestOf<typeof listPresenters>, context: CallContext): Promise<ReplyInput<typeof listPresenters>> {
    return this.presenters.list(context);
  }

  @RpcHandler(getAvatarCredits)
  credits(_request: RequestOf<typeof getAvatarCredits>, context: CallContext): Promise<ReplyInput<typeof getAvatarCredits>> {
    return this.presenters.credits(context);
  }
}
