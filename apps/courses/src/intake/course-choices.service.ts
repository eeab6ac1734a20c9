import { Injectable } from '@nestjs/common';
import { AppError, listClonedVoices, listVoices, providerLists, type ClonedVoice, type CourseOptions, type Feature, type Language } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 100;

/** Whether a course can be made as it was asked for, and what the plan must include for it. */
@Injectable()
export class CourseChoices {
  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `invalid_request` that names the option. */
  async check({ voice, presenter, presenter_provider: provider }: CourseOptions, language: Language): Promise<Feature[]> {
    const isPremium = voice !== undefined && (await (UUID.test(voice) ? this.checkCloned(voice, language) : this.checkHouse(voice, language)));
    if (provider !== undefined) await this.checkProvider(provider);
    return [...(isPremium ? (['premium_voices'] as const) : []), ...(presenter === 'none' ? [] : (['avatar'] as const))];
  }

  private async checkHouse(wanted: string, language: Language): Promise<boolean> {
    const { voices } = await this.rpc.call(listVoices, { language });
    const voice = voices.find(({ id }) => id === wanted);
    if (!voice) throw refused('voice', `no voice "${wanted}" speaks ${language}`, `Choose one of: ${voices.map(({ id }) => id).join(', ')}.`);
    return voice.premium;
  }

  private async checkCloned(wanted: string, language: Language): Promise<true> {
    const voice = await this.clonedVoice(wanted);
    if (!voice) throw refused('voice', `there is no cloned voice "${wanted}"`, 'Choose one of GET /api/integrations/tts/voices/cloned, or a house voice.');
    if (voice.language !== language) throw refused('voice', `the cloned voice "${voice.name}" speaks ${voice.language}`, `Choose a voice that speaks ${language}.`);
    return true;
  }

  private async clonedVoice(id: string): Promise<ClonedVoice | undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.rpc.call(listClonedVoices, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
      const found = page.voices.find((voice) => voice.id === id);
      if (found) return found;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return undefined;
  }

  private async checkProvider(wanted: string): Promise<void> {
    const { providers } = await this.rpc.call(providerLists['avatar-video'], {});
    const able = providers.filter(({ capabilities, mode }) => capabilities.includes('avatar') && mode !== 'off').map(({ id }) => id);
    if (!able.includes(wanted)) throw refused('presenter_provider', `"${wanted}" films no presenters here`, `Choose one of: ${able.join(', ')}.`);
  }
}

const refused = (field: string, detail: string, message: string): AppError => new AppError('invalid_request', `${field}: ${detail}`, { issues: [{ field, message }] });
