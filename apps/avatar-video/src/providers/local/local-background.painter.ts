import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { BackgroundOrder, BackgroundPainter, PaintedBackground } from '../../ports/background-painter.port.js';
import { CANVASES, type Canvas } from './slides/canvas.js';
import { drawSvg } from './slides/pixels.js';

const MODEL = 'soft-shapes';
const SHAPES = 7;

/** Words that name a colour, in both languages; the first one found decides, and chance by the description else. */
const HUES: readonly [pattern: RegExp, hue: number][] = [
  [/\b(azul|blue|mar|sea|ocean|céu|sky|água|water)/i, 212], [/\b(verde|green|floresta|forest|planta|plant|natureza|nature)/i, 145], [/\b(vermelh|red|fogo|fire)/i, 6],
  [/\b(amarel|yellow|sol|sun|ouro|gold)/i, 45], [/\b(roxo|violeta|purple|violet|noite|night)/i, 262], [/\b(laranja|orange|outono|autumn)/i, 26], [/\b(rosa|pink|flor|flower)/i, 335],
];

/** Soft shapes in the colours that a description suggests: the same description, the same picture. Costs nothing, and works offline. */
export class LocalBackgroundPainter implements BackgroundPainter {
  readonly languages = ['pt-BR', 'en'] as const;

  estimate(_order: BackgroundOrder) {
    return { model: MODEL, usage: {} };
  }

  async paint({ prompt, aspect }: BackgroundOrder): Promise<PaintedBackground> {
    const canvas = CANVASES[aspect];
    const pixels = drawSvg(abstractSvg(prompt, canvas));
    const bytes = await sharp(pixels, { raw: { width: canvas.width, height: canvas.height, channels: 4 } }).removeAlpha().png().toBuffer();
    return { bytes, contentType: 'image/png', model: MODEL, usage: {}, warnings: ['The local painter draws soft shapes in fitting colours; what was described is not shown.'] };
  }
}

export function abstractSvg(prompt: string, { width, height }: Canvas): string {
  const digest = createHash('sha512').update(prompt).digest();
  const share = (index: number): number => (digest[index % digest.length] ?? 0) / 255;
  const hue = HUES.find(([pattern]) => pattern.test(prompt))?.[1] ?? Math.round(share(0) * 360);
  const colour = (shift: number, lightness: number): string => `hsl(${(hue + shift + 360) % 360}, 48%, ${lightness}%)`;
  const glows = Array.from({ length: SHAPES }, (_, index) => {
    const [x, y, size] = [share(index * 4 + 1) * width, share(index * 4 + 2) * height, (0.25 + share(index * 4 + 3) * 0.35) * Math.max(width, height)];
    const id = `g${index}`;
    const light = colour((index - SHAPES / 2) * 11, 34 + share(index * 4 + 4) * 22);
    return `<radialGradient id="${id}"><stop offset="0" stop-color="${light}" stop-opacity="0.75"/><stop offset="1" stop-color="${light}" stop-opacity="0"/></radialGradient><circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${size.toFixed(1)}" fill="url(#${id})"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="base" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${colour(-14, 16)}"/><stop offset="1" stop-color="${colour(18, 27)}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#base)"/>${glows.join('')}</svg>`;
}
