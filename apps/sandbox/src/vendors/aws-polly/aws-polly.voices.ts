export type Engine = 'standard' | 'neural' | 'long-form' | 'generative';

export interface PollyVoice {
  readonly Id: string;
  readonly Name: string;
  readonly Gender: 'Female' | 'Male';
  readonly LanguageCode: string;
  readonly LanguageName: string;
  readonly SupportedEngines: readonly Engine[];
}

const voice = (Id: string, Name: string, Gender: PollyVoice['Gender'], LanguageCode: string, SupportedEngines: readonly Engine[]): PollyVoice => ({
  Id, Name, Gender, LanguageCode, LanguageName: LanguageCode === 'pt-BR' ? 'Brazilian Portuguese' : 'US English', SupportedEngines,
});

export const POLLY_VOICES: readonly PollyVoice[] = [
  voice('Camila', 'Camila', 'Female', 'pt-BR', ['neural', 'standard']), voice('Vitoria', 'Vitória', 'Female', 'pt-BR', ['neural', 'standard']),
  voice('Thiago', 'Thiago', 'Male', 'pt-BR', ['neural']), voice('Ricardo', 'Ricardo', 'Male', 'pt-BR', ['standard']),
  voice('Joanna', 'Joanna', 'Female', 'en-US', ['generative', 'neural', 'standard']), voice('Salli', 'Salli', 'Female', 'en-US', ['neural', 'standard']),
  voice('Kimberly', 'Kimberly', 'Female', 'en-US', ['neural', 'standard']), voice('Ruth', 'Ruth', 'Female', 'en-US', ['generative', 'long-form', 'neural']),
  voice('Matthew', 'Matthew', 'Male', 'en-US', ['generative', 'neural', 'standard']), voice('Joey', 'Joey', 'Male', 'en-US', ['neural', 'standard']),
  voice('Gregory', 'Gregory', 'Male', 'en-US', ['long-form', 'neural']), voice('Stephen', 'Stephen', 'Male', 'en-US', ['generative', 'neural']),
];
