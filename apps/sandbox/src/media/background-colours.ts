import type { Colour } from './canvas.js';

/** Plain backgrounds that are asked for by a name, as their names say. */
const NAMED: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255], black: [0, 0, 0], off_white: [247, 245, 240], warm_white: [250, 240, 226], green_screen: [0, 177, 64], green: [0, 128, 0], light_pink: [250, 218, 226], soft_pink: [244, 196, 208],
  light_blue: [204, 226, 246], dark_blue: [24, 44, 84], soft_cyan: [196, 234, 236], strong_cyan: [40, 178, 190], light_orange: [252, 222, 186], soft_orange: [246, 190, 132], gray: [128, 128, 128], blue: [0, 0, 255],
};
const HEX = /^#?([\da-f]{6})(?:[\da-f]{2})?$/i;
const SHORT_HEX = /^#([\da-f])([\da-f])([\da-f])$/i;

/** A colour by its name or as `#rrggbb`, `#rgb`; undefined for anything else. */
export function colourNamed(name: string): Colour | undefined {
  const digits = HEX.exec(name)?.[1] ?? SHORT_HEX.exec(name)?.slice(1).map((digit) => digit + digit).join('');
  if (digits === undefined) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const value = Number.parseInt(digits, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
