import { Inject, Injectable } from '@nestjs/common';
import { PRESENTER_IDS, type getAvatarCredits, type listPresenters, type ReplyInput } from '@tecnocursos/contracts';
import { callerOf } from '@tecnocursos/integration-kit';
import type { CallContext } from '@tecnocursos/messaging';
import { ProviderFailure, type ProviderChain, type ProviderHandle } from '@tecnocursos/provider-kit';
import { CLOCK, type Clock } from '../clock.js';
import { AVATAR_CHAIN, type AvatarOperation, type AvatarVideoProvider } from '../ports/avatar-video-provider.port.js';
import { aliasesOf, HOUSE_PRESENTERS } from './house-presenters.js';

/** A vendor that does not answer must not keep the list from being shown. */
const QUESTION_MS = 8_000;
const NOTHING = { model: '', usage: {} };
type Handle = ProviderHandle<AvatarVideoProvider>;
type Credits = ReplyInput<typeof getAvatarCredits>['credits'][number];

/** Who presents, who can show them, and what is left of the vendors' credits. */
@Injectable()
export class PresenterDesk {
  constructor(
    @Inject(AVATAR_CHAIN) private readonly chain: ProviderChain<AvatarVideoProvider>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(context: CallContext): Promise<ReplyInput<typeof listPresenters>> {
    const handles = this.handles('avatar', context);
    const shown = await Promise.all(handles.map(async (handle) => ({ id: handle.id, presenters: await this.shownBy(handle, context) })));
    const presenters = PRESENTER_IDS.map((id) => {
      const { name, gender, style } = HOUSE_PRESENTERS[id];
      return { id, name, gender, style, aliases: aliasesOf(id), providers: shown.filter((of) => of.presenters.has(id)).map((of) => of.id) };
    });
    return { presenters };
  }

  async credits(context: CallContext): Promise<ReplyInput<typeof getAvatarCredits>> {
    const handles = [...new Set([...this.handles('avatar', context), ...this.handles('effect', context)])];
    const counting = handles.filter(({ port }) => (port.avatars?.credits ?? port.effects?.credits) !== undefined);
    return { credits: await Promise.all(counting.map((handle) => this.creditsOf(handle, context))) };
  }

  private async shownBy({ port }: Handle, { signal }: CallContext): Promise<Set<string>> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(QUESTION_MS)]);
    const found = await Promise.all(PRESENTER_IDS.map(async (id) => {
      const shows = await port.avatars?.shows(HOUSE_PRESENTERS[id], limit).catch(() => false);
      return shows === true ? [id] : [];
    }));
    return new Set(found.flat());
  }

  private async creditsOf(handle: Handle, { signal }: CallContext): Promise<Credits> {
    const base = { provider: handle.id, simulated: handle.isSimulated };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(QUESTION_MS)]);
    try {
      const credits = await (handle.port.avatars?.credits?.(limit) ?? handle.port.effects?.credits?.(limit));
      return { ...base, remaining: credits?.remaining ?? null, total: credits?.total ?? null, expires_at: credits?.expiresAt ?? null, detail: null };
    } catch (error) {
      const failure = error instanceof ProviderFailure ? error : handle.failureOf(error, this.clock.now());
      return { ...base, remaining: null, total: null, expires_at: null, detail: failure.detail };
    }
  }

  private handles(operation: AvatarOperation, context: CallContext): readonly Handle[] {
    return this.chain.order({ operation, caller: callerOf(context), estimate: () => NOTHING });
  }
}
