import { Controller } from '@nestjs/common';
import { getAvatarCredits, listPresenters, paintBackground } from '@tecnocursos/contracts';
import { BusService } from '../bus/bus.service.js';
import type { InputOf, SuccessOf } from '../http/operation.js';
import { Operation } from '../http/operation.decorator.js';
import { SignedLinksService } from '../links/signed-links.service.js';
import { getAvatarCreditsOperation, listPresentersOperation, paintBackgroundOperation } from './studio.operations.js';

@Controller()
export class StudioHttpController {
  constructor(
    private readonly bus: BusService,
    private readonly links: SignedLinksService,
  ) {}

  @Operation(listPresentersOperation)
  presenters(): Promise<SuccessOf<typeof listPresentersOperation>> {
    return this.bus.call(listPresenters, {});
  }

  @Operation(getAvatarCreditsOperation)
  credits(): Promise<SuccessOf<typeof getAvatarCreditsOperation>> {
    return this.bus.call(getAvatarCredits, {});
  }

  @Operation(paintBackgroundOperation)
  async paint({ body }: InputOf<typeof paintBackgroundOperation>): Promise<SuccessOf<typeof paintBackgroundOperation>> {
    const painted = await this.bus.call(paintBackground, body);
    return { ...painted, ...(await this.links.one(painted.image.key)) };
  }
}
