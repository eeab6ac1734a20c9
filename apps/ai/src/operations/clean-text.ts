/** Control characters except tab and line feed, characters of no width, marks of direction, tags (U+E0000…) and variation selectors, which hide text. */
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu;
/** Joins emoji to one; elsewhere it hides. */
const JOINER = /(?<![\p{Extended_Pictographic}\uFE0F\u{1F3FB}-\u{1F3FF}])\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/** What a person would see of a text: no hidden characters, line ends as line feeds. */
export const visibleText = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(INVISIBLE, '').replaceAll(JOINER, '');

/** Visible text on one line. */
export const visibleLine = (text: string): string => visibleText(text).replaceAll(/\s+/gu, ' ').trim();
