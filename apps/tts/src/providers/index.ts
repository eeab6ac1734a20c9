import type { ProviderDefinition } from '@tecnocursos/provider-kit';
import type { SpeechSynthesizer } from '../ports/speech-synthesizer.port.js';
import { awsPolly } from './aws-polly/aws-polly.provider.js';
import { azureSpeech } from './azure-speech/azure-speech.provider.js';
import { bark } from './bark/bark.provider.js';
import { elevenlabs } from './elevenlabs/elevenlabs.provider.js';
import { gtts } from './gtts/gtts.provider.js';
import { local } from './local/local.provider.js';

/** Everybody who can speak: one line a vendor, in the order in which equals are asked. Who is asked first is a matter of their priorities. */
export const TTS_PROVIDERS: readonly ProviderDefinition<SpeechSynthesizer>[] = [elevenlabs, azureSpeech, awsPolly, bark, gtts, local];
