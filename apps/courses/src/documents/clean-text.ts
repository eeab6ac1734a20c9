// C0 and C1 controls but tab and line feed; soft hyphen; zero-width and bidirectional marks; invisible operators;
// interlinear anchors and the object replacement character; byte order mark; non-characters.
const INVISIBLE =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFC\uFFFE\uFFFF]/gu;
const TAG_CHARACTERS = /[\u{E0000}-\u{E0FFF}\u{1D173}-\u{1D17A}]/gu;
const PRIVATE_USE = /[\uE000-\uF8FF\u{F0000}-\u{10FFFF}]/gu;
const REPLACEMENT_RUN = /\uFFFD+/gu;

function withoutInvisible(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\u0085|\u000B|\u000C/g, '\n')
    .toWellFormed()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(TAG_CHARACTERS, '')
    .replace(PRIVATE_USE, '')
    .replace(REPLACEMENT_RUN, '\uFFFD');
}

/** One line of clean text: NFC, single spaces, nothing invisible. */
export function cleanLine(text: string): string {
  return withoutInvisible(text).replace(/\s+/gu, ' ').trim();
}

/** Clean text that keeps its line breaks; runs of empty lines become one. */
export function cleanLines(text: string): string {
  return withoutInvisible(text)
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Clean code: indentation and inner spaces are kept, tabs become four spaces. */
export function cleanCode(text: string): string {
  return withoutInvisible(text)
    .replace(/\t/g, '    ')
    .split('\n')
    .map((line) => line.replace(/[\u00A0\u2000-\u200A\u202F\u3000]/g, ' ').trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+|\s+$/g, '');
}

const LETTER = /\p{L}/u;

export function hasLetters(text: string): boolean {
  return LETTER.test(text);
}
