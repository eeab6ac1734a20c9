import { premadeVoices, type SimulatedVoice } from './elevenlabs.voices.js';

export interface AccountOptions {
  /** Characters of the month. */
  readonly characterLimit: number;
  readonly concurrency: number;
  readonly voiceLimit: number;
}

/** What an account has and has used. */
export class Account {
  readonly voices = new Map<string, SimulatedVoice>(premadeVoices().map((voice) => [voice.voice_id, voice]));
  used = 0;
  private underWay = 0;

  constructor(readonly options: AccountOptions) {}

  get left(): number {
    return Math.max(0, this.options.characterLimit - this.used);
  }

  get cloned(): number {
    return [...this.voices.values()].filter(({ category }) => category === 'cloned').length;
  }

  /** Undefined when as many requests are under way as the plan allows. */
  async within<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.underWay >= this.options.concurrency) return undefined;
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
    }
  }

  subscription(now: number): object {
    const { characterLimit, voiceLimit } = this.options;
    const renewal = Math.floor(now / 1_000) + 20 * 86_400;
    return {
      tier: 'creator', character_count: this.used, character_limit: characterLimit, max_character_limit_extension: null, max_credit_limit_extension: 0, can_extend_character_limit: false, allowed_to_extend_character_limit: false,
      next_character_count_reset_unix: renewal, voice_slots_used: this.cloned, professional_voice_slots_used: 0, professional_voice_slots_used_in_workspace: 0, current_overage: { amount: '0', currency: 'usd' }, voice_limit: voiceLimit, max_voice_add_edits: 95, voice_add_edit_counter: this.cloned,
      professional_voice_limit: 1, can_extend_voice_limit: false, can_use_instant_voice_cloning: true, can_use_professional_voice_cloning: true, currency: 'usd', status: 'active', billing_period: 'monthly_period',
      character_refresh_period: 'monthly_period', next_invoice: null, open_invoices: [], has_open_invoices: false, pending_change: null,
    };
  }
}
