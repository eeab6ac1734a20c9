import { punctuated } from '../punctuation.js';
import { NORMAL_STYLE, type SpeechScript, type SpeechStyle } from '../speech-script.js';
import { TextComposer, type RenderedText } from './rendered-text.js';

export interface PlainDialect {
  /** The vendor's name, for warnings. */
  readonly vendor: string;
  /** How a pause of so many milliseconds is written; absent where scripts are cut at all pauses. */
  readonly pause?: (milliseconds: number) => string;
  /** Applied to every word, such as taking out signs that the vendor reads as commands. */
  readonly clean?: (spoken: string) => string;
}

/** A script as text, for vendors without SSML. What changes inside the text cannot be said and is warned of. */
export function renderPlain(script: SpeechScript, { vendor, pause, clean = (spoken) => spoken }: PlainDialect): RenderedText {
  const composer = new TextComposer();
  let separator = '';
  for (const sentence of script.sentences) {
    const lastWord = sentence.items.findLast((item) => item.kind === 'word');
    for (const item of sentence.items) {
      if (item.kind === 'pause') {
        if (pause) composer.append(`${separator}${pause(item.milliseconds)}`);
      } else {
        if (!isNormal(item.style)) composer.warn(`Changes of speed, pitch and volume inside a text are not known to ${vendor}; the words are spoken plainly.`);
        composer.append(separator);
        composer.word(clean(punctuated(item.spoken, item === lastWord ? '.' : '')));
      }
      separator = ' ';
    }
    if (sentence.endsParagraph) separator = '\n\n';
  }
  return composer.finish();
}

export const isNormal = ({ rate, pitch, volumeDb }: SpeechStyle): boolean => rate === NORMAL_STYLE.rate && pitch === NORMAL_STYLE.pitch && volumeDb === NORMAL_STYLE.volumeDb;
