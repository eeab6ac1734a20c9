import { describe, expect, it } from 'vitest';
import { THEME_STYLES } from './theme.styles.js';

type Palette = Map<string, string>;

const palettes = [...THEME_STYLES.matchAll(/color-scheme: (light|dark);([^}]*--shadow)/gu)].map(([, theme = '', block = '']): [string, Palette] => [
  theme,
  new Map([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/gu)].map(([, name = '', value = '']) => [name, value])),
]);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(palette: Palette, one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map((name) => luminance(palette.get(name) ?? '')).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const TEXT_PAIRS = ['text', 'muted', 'accent-deep']
  .flatMap((text) => ['ground', 'surface', 'raised'].map((ground): [string, string] => [text, ground]))
  .concat([['accent-deep', 'accent-soft'], ['on-accent', 'accent'], ['on-accent', 'accent-deep'], ['right', 'right-soft'], ['wrong', 'wrong-soft'], ['text', 'right-soft'], ['text', 'wrong-soft'], ['wrong', 'surface']]);
const CONTROL_PAIRS: [string, string][] = [['edge', 'surface'], ['edge', 'raised'], ['accent', 'surface'], ['accent', 'raised'], ['focus', 'surface'], ['focus', 'ground'], ['right', 'surface'], ['wrong', 'surface']];

describe('the colours of the player', () => {
  it('exist for light, for dark, and for dark by choice', () => {
    expect(palettes.map(([theme]) => theme)).toEqual(['light', 'dark', 'dark']);
  });

  it.each(palettes)('can be read in the %s theme', (_theme, palette) => {
    const weak = (pairs: [string, string][], least: number): string[] =>
      pairs.filter(([one, other]) => contrast(palette, one, other) < least).map(([one, other]) => `${one} on ${other}: ${contrast(palette, one, other).toFixed(2)}`);
    expect(weak(TEXT_PAIRS, 4.5)).toEqual([]);
    expect(weak(CONTROL_PAIRS, 3)).toEqual([]);
  });
});
