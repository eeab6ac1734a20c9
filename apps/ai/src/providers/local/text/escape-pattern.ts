/** Text as the source of a pattern with the `u` flag that matches just it. */
export const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
