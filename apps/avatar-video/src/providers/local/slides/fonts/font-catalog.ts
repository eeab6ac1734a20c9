import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFontMetrics, type FontMetrics } from './font-file.js';

export type FontWeight = 400 | 600 | 800;
export type FontFamily = 'sans' | 'mono';

export interface LoadedFont {
  name: string;
  weight: FontWeight;
  style: 'normal';
  data: Buffer;
}

interface FontSource {
  name: string;
  family: FontFamily;
  weights: readonly FontWeight[];
  /** Package path of the file of one weight. */
  file: (weight: FontWeight) => string;
}

const everyWeight: readonly FontWeight[] = [400, 600, 800];
const inter = (name: string, subset: string): FontSource => ({
  name, family: 'sans', weights: everyWeight, file: (weight) => `@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`,
});
const jetBrains = (name: string, subset: string): FontSource => ({
  name, family: 'mono', weights: [400], file: (weight) => `@fontsource/jetbrains-mono/files/jetbrains-mono-${subset}-${weight}-normal.woff`,
});

/** In the order in which they are asked for a character. DejaVu draws what the subsets lack: arrows, mathematics, small digits, box lines. */
const SOURCES: readonly FontSource[] = [
  inter('Inter', 'latin'),
  inter('Inter Extended', 'latin-ext'),
  inter('Inter Greek', 'greek'),
  { name: 'DejaVu Sans', family: 'sans', weights: [400, 800], file: (weight) => `dejavu-fonts-ttf/ttf/DejaVuSans${weight === 800 ? '-Bold' : ''}.ttf` },
  jetBrains('JetBrains Mono', 'latin'),
  jetBrains('JetBrains Mono Extended', 'latin-ext'),
  jetBrains('JetBrains Mono Greek', 'greek'),
  { name: 'DejaVu Sans Mono', family: 'mono', weights: [400], file: () => 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf' },
];

export const fontFamilyCss = (family: FontFamily): string =>
  SOURCES.filter((source) => source.family === family).map(({ name }) => name).join(', ');

export interface FontCatalog {
  fonts: readonly LoadedFont[];
  /** Advance in fractions of the font size; undefined when no font draws the character. */
  advance(codePoint: number, family: FontFamily, weight: FontWeight): number | undefined;
}

let loaded: FontCatalog | undefined;

/** Reads the fonts once per thread: 5 MB. */
export function fontCatalog(): FontCatalog {
  return (loaded ??= loadCatalog());
}

function loadCatalog(): FontCatalog {
  const { resolve } = createRequire(import.meta.url);
  const fonts: LoadedFont[] = [];
  const stacks = new Map<string, FontMetrics[]>();
  for (const source of SOURCES) {
    for (const weight of source.weights) {
      const data = readFileSync(resolve(source.file(weight)));
      fonts.push({ name: source.name, weight, style: 'normal', data });
    }
    for (const weight of everyWeight) {
      const nearest = source.weights.includes(weight) ? weight : nearestWeight(source.weights, weight);
      const data = fonts.find((font) => font.name === source.name && font.weight === nearest)?.data;
      if (data) pushTo(stacks, `${source.family} ${weight}`, readFontMetrics(data));
    }
  }
  return {
    fonts,
    advance: (codePoint, family, weight) => stacks.get(`${family} ${weight}`)?.find((font) => font.has(codePoint))?.advance(codePoint),
  };
}

const nearestWeight = (weights: readonly FontWeight[], wanted: FontWeight): FontWeight | undefined =>
  wanted === 600 && weights.includes(800) ? 800 : weights[0];

function pushTo(stacks: Map<string, FontMetrics[]>, key: string, font: FontMetrics): void {
  stacks.set(key, [...(stacks.get(key) ?? []), font]);
}
