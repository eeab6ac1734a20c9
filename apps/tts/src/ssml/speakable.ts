const EMOJI = /(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[\u{1F000}-\u{1FAFF}\u{2600}-\u{27BF}])/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFE0E\uFE0F\u20E3\uFFFD]/gu;
const SPOKEN_SIGN = /[\p{L}\p{N}%+=<>$€£¥°&@§×÷≤≥≠≈√∞±−→]/u;

/** Text without characters that nobody sees: control and format characters, unassigned and private ones, broken surrogates. */
export const visible = (text: string): string => text.toWellFormed().normalize('NFC').replaceAll(INVISIBLE, '');

/** What a voice is to say of a text: nothing invisible, and no names of emoji read out. */
export const speakable = (text: string): string => visible(text.replaceAll(EMOJI, '')).replaceAll(/\s+/g, ' ').trim();

/** Whether a voice would say anything: a letter, a digit or a sign with a name. */
export const hasSound = (text: string): boolean => SPOKEN_SIGN.test(text);
