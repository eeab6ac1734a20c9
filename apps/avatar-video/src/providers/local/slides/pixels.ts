import { Resvg } from '@resvg/resvg-js';

/** Premultiplied RGBA, in the drawing's own size times `zoom`. */
export const drawSvg = (svg: string, zoom = 1): Uint8Array =>
  new Resvg(svg, { font: { loadSystemFonts: false }, logLevel: 'off', ...(zoom !== 1 && { fitTo: { mode: 'zoom', value: zoom } }) }).render().pixels;

/** Puts premultiplied pixels over opaque ones. */
export function layOver(bottom: Uint8Array, top: Uint8Array): void {
  const bottomPixels = new Uint32Array(bottom.buffer, bottom.byteOffset, bottom.byteLength / 4);
  const aligned = top.byteOffset % 4 === 0 ? top : Uint8Array.from(top);
  const topPixels = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
  for (let index = 0; index < bottomPixels.length; index++) {
    const pixel = topPixels[index] ?? 0;
    const alpha = pixel >>> 24;
    if (alpha === 0) continue;
    if (alpha === 255) bottomPixels[index] = pixel;
    else bottomPixels[index] = blend(bottomPixels[index] ?? 0, pixel, 255 - alpha);
  }
}

/** Little endian: red is the lowest byte. */
function blend(under: number, over: number, weight: number): number {
  const redBlue = scaled(under & 0xff, weight) | (scaled((under >>> 16) & 0xff, weight) << 16);
  const green = scaled((under >>> 8) & 0xff, weight) << 8;
  return ((over & 0xffffff) + (redBlue | green) + 0xff000000) >>> 0;
}

const scaled = (channel: number, weight: number): number => Math.trunc((channel * weight + 127) / 255);
