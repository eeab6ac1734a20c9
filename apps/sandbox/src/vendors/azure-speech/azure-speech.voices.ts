type Row = [name: string, local: string, gender: 'Female' | 'Male', wordsPerMinute: number, styles?: readonly string[]];

const BRAZIL: readonly Row[] = [
  ['Francisca', 'Francisca', 'Female', 145, ['calm']], ['Antonio', 'Antônio', 'Male', 150], ['Brenda', 'Brenda', 'Female', 147], ['Donato', 'Donato', 'Male', 152], ['Elza', 'Elza', 'Female', 146],
  ['Fabio', 'Fabio', 'Male', 151], ['Giovanna', 'Giovanna', 'Female', 149], ['Humberto', 'Humberto', 'Male', 150], ['Julio', 'Julio', 'Male', 148], ['Leila', 'Leila', 'Female', 143],
  ['Leticia', 'Leticia', 'Female', 150], ['Manuela', 'Manuela', 'Female', 146], ['Nicolau', 'Nicolau', 'Male', 145], ['Valerio', 'Valerio', 'Male', 150], ['Yara', 'Yara', 'Female', 147],
  ['Thalita', 'Thalita', 'Female', 150], ['ThalitaMultilingual', 'Thalita multilíngue', 'Female', 150], ['MacerioMultilingual', 'Macerio multilíngue', 'Male', 150],
];
const UNITED_STATES: readonly Row[] = [
  ['Aria', 'Aria', 'Female', 150, ['chat', 'narration-professional']], ['Guy', 'Guy', 'Male', 215, ['newscast']], ['Jenny', 'Jenny', 'Female', 152, ['assistant', 'chat']], ['Michelle', 'Michelle', 'Female', 154],
  ['Davis', 'Davis', 'Male', 154, ['chat']], ['Tony', 'Tony', 'Male', 156, ['friendly']],
];
const HD: readonly [locale: string, name: string, gender: Row[2]][] = [
  ['pt-BR', 'Thalita', 'Female'], ['pt-BR', 'Macerio', 'Male'], ['en-US', 'Aria', 'Female'], ['en-US', 'Jenny', 'Female'], ['en-US', 'Davis', 'Male'],
];
const LOCALES: Readonly<Record<string, string>> = { 'pt-BR': 'Portuguese (Brazil)', 'en-US': 'English (United States)' };

export interface AzureVoice {
  readonly ShortName: string;
  readonly Gender: 'Female' | 'Male';
  readonly Locale: string;
  readonly isHd: boolean;
  readonly body: object;
}

function voiceOf(locale: string, shortName: string, displayName: string, localName: string, gender: Row[2], more: object, isHd: boolean): AzureVoice {
  const body = {
    Name: `Microsoft Server Speech Text to Speech Voice (${locale}, ${shortName.slice(locale.length + 1)})`, DisplayName: displayName, LocalName: localName, ShortName: shortName, Gender: gender,
    Locale: locale, LocaleName: LOCALES[locale] ?? locale, SampleRateHertz: '24000', VoiceType: 'Neural', Status: 'GA', ...more,
  };
  return { ShortName: shortName, Gender: gender, Locale: locale, isHd, body };
}

const neural = (locale: string, rows: readonly Row[]): AzureVoice[] =>
  rows.map(([name, local, gender, wordsPerMinute, styles]) => voiceOf(locale, `${locale}-${name}Neural`, name, local, gender, { WordsPerMinute: String(wordsPerMinute), ...(styles && { StyleList: styles }) }, false));

export const AZURE_VOICES: readonly AzureVoice[] = [
  ...neural('pt-BR', BRAZIL), ...neural('en-US', UNITED_STATES),
  ...HD.map(([locale, name, gender]) => voiceOf(locale, `${locale}-${name}:DragonHDLatestNeural`, `${name} Dragon HD Latest`, name, gender, {}, true)),
];
