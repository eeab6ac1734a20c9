import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import type { PresenterId } from '@tecnocursos/contracts';
import sharp from 'sharp';
import type { Face } from './lip-sync.js';
import { LOOKS } from './looks.js';
import { DRAWING, presenterSvg } from './presenter-drawing.js';

/** Pixels that sprites have, and where in them the presenter stands. */
export interface SpriteFrame {
  readonly width: number;
  readonly height: number;
  /** `bust`: the drawing down to the lower edge. `badge`: head and shoulders in a disc of that colour. */
  readonly pose: { readonly type: 'bust'; readonly height: number } | { readonly type: 'badge'; readonly diameter: number; readonly x: number; readonly y: number; readonly colour: string; readonly ring: string; readonly ringWidth: number };
}

/** Draws the sprites that are asked for, each once, as PNG files with transparency. */
export class SpriteSet {
  private readonly drawn = new Map<string, Promise<string>>();

  constructor(
    private readonly presenter: PresenterId,
    private readonly frame: SpriteFrame,
    private readonly folder: string,
    private readonly prefix: string,
  ) {}

  /** Path of the PNG of a face. */
  file(face: Face): Promise<string> {
    const name = `${this.prefix}-${face.mouth}-${face.eyes}.png`;
    const known = this.drawn.get(name) ?? this.draw(face, join(this.folder, name));
    this.drawn.set(name, known);
    return known;
  }

  private async draw(face: Face, path: string): Promise<string> {
    const svg = spriteSvg(this.frame, presenterSvg(LOOKS[this.presenter], face.mouth, face.eyes));
    const image = new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off' }).render();
    // Little compression: the files are read again and again, and live for minutes.
    const png = await sharp(Uint8Array.from(image.pixels), { raw: { width: image.width, height: image.height, channels: 4 } }).png({ compressionLevel: 1 }).toBuffer();
    await writeFile(path, png);
    return path;
  }
}

function spriteSvg({ width, height, pose }: SpriteFrame, drawing: string): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
  if (pose.type === 'bust') {
    const scale = pose.height / DRAWING.height;
    return `${open}<g transform="translate(${(width - DRAWING.width * scale) / 2} ${height - pose.height}) scale(${scale})">${drawing}</g></svg>`;
  }
  const { diameter, x, y, colour, ring, ringWidth } = pose;
  const radius = diameter / 2;
  const scale = (diameter * 0.98) / DRAWING.width;
  return `${open}<clipPath id="disc"><circle cx="${x}" cy="${y}" r="${radius}"/></clipPath><circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>
<g clip-path="url(#disc)"><g transform="translate(${x - (DRAWING.width * scale) / 2} ${y - radius + diameter * 0.05}) scale(${scale})">${drawing}</g></g><circle cx="${x}" cy="${y}" r="${radius - ringWidth / 2}" fill="none" stroke="${ring}" stroke-width="${ringWidth}"/></svg>`;
}
