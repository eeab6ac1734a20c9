import { describe, expect, it } from 'vitest';
import { ThemeSchema } from '@tecnocursos/contracts';
import { background } from './background-pixels.js';
import { CANVASES } from './canvas.js';
import { THEMES } from './themes.js';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function parseColour(css: string): Colour {
  const parts = /^#(..)(..)(..)$/.exec(css);
  if (parts) return [parseInt(parts[1] ?? '', 16), parseInt(parts[2] ?? '', 16), parseInt(parts[3] ?? '', 16), 1];
  const [red = 0, green = 0, blue = 0, alpha = 1] = (/\(([^)]*)\)/.exec(css)?.[1] ?? '').split(',').map(Number);
  return [red, green, blue, alpha];
}

const over = ([red, green, blue, alpha]: Colour, under: Colour): Colour => [
  red * alpha + under[0] * (1 - alpha), green * alpha + under[1] * (1 - alpha), blue * alpha + under[2] * (1 - alpha), 1,
];

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(left: Colour, right: Colour): number {
  const [dark = 0, light = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(ThemeSchema.options)('theme %s', (theme) => {
  const colours = THEMES[theme];

  it.each(['16:9', '9:16'] as const)('has text of contrast AA everywhere on its backgrounds and cards, in %s', async (aspect) => {
    const canvas = CANVASES[aspect];
    const cards = [(under: Colour) => under, (under: Colour) => over(parseColour(colours.card), under), (under: Colour) => over(parseColour(colours.stripe), over(parseColour(colours.card), under))];
    for (const kind of ['cover', 'content'] as const) {
      const surfaces = kind === 'cover' ? cards.slice(0, 1) : cards;
      const pixels = await background(theme, kind, aspect);
      // On covers, text keeps to the part that the drawing leaves free; the shape in a corner of content slides has none over it.
      const right = kind === 'cover' && !canvas.portrait ? canvas.margin + canvas.width * 0.6 : canvas.width - 140;
      const bottom = kind === 'cover' && canvas.portrait ? canvas.height * 0.62 : canvas.footerTop;
      for (let y = 40; y < bottom; y += 9) {
        for (let x = canvas.margin; x < right; x += 9) {
          const index = (y * canvas.width + x) * 4;
          const under: Colour = [pixels[index] ?? 0, pixels[index + 1] ?? 0, pixels[index + 2] ?? 0, 1];
          const worst = Math.min(...surfaces.flatMap((surface) => [colours.text, colours.muted].map((text) => contrast(parseColour(text), surface(under)))));
          if (worst < 4.5) throw new Error(`${kind} at ${x},${y}: ${worst.toFixed(2)}`);
          if (contrast(parseColour(colours.accent), under) < 4.5) throw new Error(`accent on ${kind} at ${x},${y}`);
        }
      }
    }
  });

  it('has code, badges and table heads of contrast AA', () => {
    const { panel, bar, border, label, ...roles } = colours.code;
    for (const [role, colour] of Object.entries(roles)) expect([role, contrast(parseColour(colour), parseColour(panel)) >= 4.5]).toEqual([role, true]);
    expect(contrast(parseColour(label), parseColour(bar))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(parseColour(colours.onAccent), parseColour(colours.accent))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(parseColour(colours.onTableHeader), parseColour(colours.tableHeader))).toBeGreaterThanOrEqual(4.5);
  });
});
