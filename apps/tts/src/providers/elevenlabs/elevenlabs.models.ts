/** What a model can take; read from the SDK 2.73.0 and the vendor's model page. */
export interface ElevenLabsModel {
  /** Characters of one request. */
  readonly maxCharacters: number;
  /** Whether `<break time="1.5s" />` is a pause to it (3 s at most); the v3 family reads it aloud or ignores it. */
  readonly knowsBreaks: boolean;
  /** Whether it takes `previous_text` and `next_text`. */
  readonly takesContext: boolean;
  /** Values that it takes as stability; any from 0 to 1 when absent. */
  readonly stabilitySteps?: readonly number[];
}

const MODELS: Readonly<Record<string, ElevenLabsModel>> = {
  eleven_flash_v2_5: { maxCharacters: 40_000, knowsBreaks: true, takesContext: true },
  eleven_multilingual_v2: { maxCharacters: 10_000, knowsBreaks: true, takesContext: true },
  eleven_v3: { maxCharacters: 5_000, knowsBreaks: false, takesContext: false, stabilitySteps: [0, 0.5, 1] },
  eleven_v4: { maxCharacters: 10_000, knowsBreaks: false, takesContext: false },
  eleven_v4_turbo: { maxCharacters: 10_000, knowsBreaks: false, takesContext: false },
};

/** The least that any model takes, for one that is not known here. */
const CAUTIOUS: ElevenLabsModel = { maxCharacters: 5_000, knowsBreaks: false, takesContext: false };

/** A request of this many characters takes half a minute; longer ones would come near the time limit of an attempt. */
const SENSIBLE_CHARACTERS = 4_000;
export const MAX_BREAK_MS = 3_000;

export const elevenLabsModel = (id: string): ElevenLabsModel => MODELS[id] ?? CAUTIOUS;
export const partCharacters = (id: string): number => Math.min(SENSIBLE_CHARACTERS, elevenLabsModel(id).maxCharacters);
