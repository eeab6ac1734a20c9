import type { Voice } from '@tecnocursos/contracts';
import { ProviderFailure } from '@tecnocursos/provider-kit';
import { HOUSE_VOICES } from '../../house-voices.js';
import type { ChosenVoice } from '../../ports/speech-synthesizer.port.js';

/** A voice of the account, as far as the choice needs it. Labels are free text by their makers: `gender`, `age`, `accent`, `language`, `descriptive`. */
export interface ListedVoice {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type ListVoices = (signal: AbortSignal) => Promise<readonly ListedVoice[]>;

const FRESH_MS = 600_000;
const AGES: Readonly<Record<Voice['age'], RegExp>> = { young: /young/i, adult: /middle|adult/i, senior: /old|senior|mature/i };
const LANGUAGES = { 'pt-BR': { language: /^pt/i, accent: /brazil/i }, en: { language: /^en/i, accent: /americ/i } } as const;

/**
 * Gives each house voice one of the account's voices: the configured one, else by gender, language, accent and age. Premade ids differ between accounts,
 * so they are looked up and not written down.
 */
export class VoiceDirectory {
  private listed: { readonly until: number; readonly table: ReadonlyMap<string, string> } | undefined;

  constructor(
    private readonly list: ListVoices,
    private readonly configured: ReadonlyMap<string, string>,
    private readonly now: () => number,
  ) {}

  /** @throws ProviderFailure `unsupported` when the account has no voice of that gender. */
  async idOf(chosen: ChosenVoice, signal: AbortSignal): Promise<string> {
    if (chosen.kind === 'cloned') return chosen.vendorVoiceId;
    const configured = this.configured.get(chosen.voice.id);
    if (configured !== undefined) return configured;
    if (!this.listed || this.listed.until < this.now()) this.listed = { until: this.now() + FRESH_MS, table: assignVoices(await this.list(signal)) };
    const id = this.listed.table.get(chosen.voice.id);
    if (id === undefined) throw new ProviderFailure('unsupported', `The ElevenLabs account has no ${chosen.voice.gender} voice for "${chosen.voice.id}"; name one in ELEVENLABS_VOICES.`, { field: 'voice' });
    return id;
  }

  /** After the vendor did not know a voice that it had listed. */
  forget(): void {
    this.listed = undefined;
  }
}

/** House voices in their order take the best voice that the fewest before them have. */
export function assignVoices(listed: readonly ListedVoice[]): ReadonlyMap<string, string> {
  const taken = new Map<string, number>();
  const table = new Map<string, string>();
  for (const house of HOUSE_VOICES) {
    const best = listed
      .filter(({ labels }) => labels.gender?.toLowerCase() === house.gender)
      .map((voice) => ({ id: voice.id, score: scoreOf(house, voice) - (taken.get(voice.id) ?? 0) * 3 }))
      .toSorted((a, b) => b.score - a.score)[0];
    if (!best) continue;
    table.set(house.id, best.id);
    taken.set(best.id, (taken.get(best.id) ?? 0) + 1);
  }
  return table;
}

function scoreOf(house: Voice, { name, labels }: ListedVoice): number {
  const { language, accent } = LANGUAGES[house.language];
  const own = name.normalize('NFD').toLowerCase().startsWith(house.id) ? 8 : 0;
  return own + (language.test(labels.language ?? '') ? 5 : 0) + (accent.test(labels.accent ?? '') ? 4 : 0) + (AGES[house.age].test(labels.age ?? '') ? 4 : 0);
}
