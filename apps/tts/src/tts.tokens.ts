/** `ProviderChain<SpeechSynthesizer>`. */
export const SPEECH_CHAIN = Symbol('SPEECH_CHAIN');
/** Gives the time: `() => epoch milliseconds`. */
export const CLOCK = Symbol('CLOCK');
