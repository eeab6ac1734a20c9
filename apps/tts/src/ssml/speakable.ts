const EMOJI = /(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[\u{1F000}-\u{1FAFF}\u{2600}-\u{27BF}])/gu;
/** Joiners are kept: emoji and some scripts are written with them. */
const INVISIBLE = /(?![\u200C\u200D\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFFFD]/gu;
const JOINERS = /[\u200C\u200D\uFE0E\uFE0F\u20E3]/gu;
const SPOKEN_SIGN = /[\p{L}\p{N}%+=<>$€£¥°&@§×÷≤≥≠≈√∞±−→]/u;

/** Text without characters that nobody sees: control and format characters, unassigned and private ones, broken surrogates. */
export const visible = (text: string): string => text.toWellFormed().normalize('NFC').replaceAll(INVISIBLE, '');

/** What a voice is to say of a text: nothing invisible, and no names of emoji read out. */
export const speakable = (text: string): string => visible(text.replaceAll(EMOJI, ''))
    .replaceAll(JOINERS, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Whether a voice would say anything: a letter, a digit or a sign with a name. */
export const hasSound = (text: string): boolean => SPOKEN_SIGN.test(text);
