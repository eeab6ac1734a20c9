import type { Theme } from '@tecnocursos/contracts';
import type { Canvas } from './canvas.js';

/** `cover`: title, section and closing slides, with room for text on the left or top. `content`: quiet, for everything else. */
export type BackgroundKind = 'cover' | 'content';

/** The still part of a slide as SVG; it is drawn once per thread and put under the text of every slide. */
export interface BackgroundLayers {
  /** Nothing but soft shapes: may be drawn small and enlarged, which makes blurs cheap. Opaque. */
  soft?: string;
  /** Opaque when there is no soft layer under it. */
  crisp: string;
}

export function backgroundLayers(theme: Theme, kind: BackgroundKind, canvas: Canvas): BackgroundLayers {
  const { soft, crisp } = DRAWINGS[theme](kind, canvas);
  return { ...(soft !== undefined && { soft: svgOf(soft, canvas) }), crisp: svgOf(crisp, canvas) };
}

const svgOf = (drawing: string, { width, height }: Canvas): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${drawing}</svg>`;

/** Colours that pictures are dimmed with, so that the theme's letters can be read on any of them. */
const SCRIMS: Readonly<Record<Theme, string>> = { aurora: '#0A0F2C', papel: '#FBF7EF', quadro: '#152B25' };

/** Laid over a picture: dense where the text stands, lighter where it does not. */
export function scrimSvg(theme: Theme, canvas: Canvas): string {
  const [x, y] = canvas.portrait ? [0, 1] : [1, 0];
  const colour = SCRIMS[theme];
  const stops = `<stop offset="0" stop-color="${colour}" stop-opacity="0.93"/><stop offset="0.62" stop-color="${colour}" stop-opacity="0.86"/><stop offset="1" stop-color="${colour}" stop-opacity="0.3"/>`;
  return svgOf(`<defs><linearGradient id="scrim" x1="0" y1="0" x2="${x}" y2="${y}">${stops}</linearGradient></defs><rect width="${canvas.width}" height="${canvas.height}" fill="url(#scrim)"/>`, canvas);
}

type Drawing = (kind: BackgroundKind, canvas: Canvas) => BackgroundLayers;

const DRAWINGS: Readonly<Record<Theme, Drawing>> = { aurora, papel, quadro };

const glow = (id: string, colour: string, opacity: number): string =>
  `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/><stop offset="0.5" stop-color="${colour}" stop-opacity="${opacity * 0.35}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;
const ellipse = (fill: string, x: number, y: number, radiusX: number, radiusY: number): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${radiusX}" ry="${radiusY}" fill="${fill}"/>`;

function aurora(kind: BackgroundKind, { width, height, portrait }: Canvas): BackgroundLayers {
  const strength = kind === 'cover' ? 1 : 0.5;
  const base = `<defs><linearGradient id="night" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="#0A0F2C"/><stop offset="0.6" stop-color="#111943"/><stop offset="1" stop-color="#0C1233"/></linearGradient>
${glow('teal', '#2DD4BF', 0.5 * strength)}${glow('violet', '#8B5CF6', 0.55 * strength)}${glow('blue', '#3B82F6', 0.4 * strength)}
<linearGradient id="ribbon" x1="0" y1="0" x2="1" y2="0.4"><stop offset="0" stop-color="#8B5CF6" stop-opacity="0"/><stop offset="0.62" stop-color="#5EEAD4" stop-opacity="0.5"/><stop offset="1" stop-color="#A78BFA" stop-opacity="0.15"/></linearGradient>
<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="14"/></filter></defs>
<rect width="${width}" height="${height}" fill="url(#night)"/>`;
  const glows = ellipse('url(#violet)', width * 1.02, height * 0.02, width * 0.5, height * 0.55)
    + ellipse('url(#teal)', width * 0.98, height * 0.9, width * 0.42, height * 0.5)
    + ellipse('url(#blue)', -width * 0.04, height * 1.05, width * 0.45, height * 0.5);
  return kind === 'cover' ? { soft: base + glows + auroraRibbons(width, height, portrait), crisp: stars(width, height, portrait) } : { soft: base + glows, crisp: '' };
}

function auroraRibbons(width: number, height: number, portrait: boolean): string {
  const left = portrait ? -0.1 : 0.47;
  const top = portrait ? 0.66 : 0.1;
  const span = portrait ? 1.2 : 0.63;
  const x = (share: number): number => Math.round((left + share * span) * width);
  const y = (share: number): number => Math.round((top + share * (portrait ? 0.3 : 0.8)) * height);
  const band = (lift: number): string =>
    `M${x(0)},${y(1 - lift)} C${x(0.3)},${y(0.45 - lift)} ${x(0.5)},${y(1.05 - lift)} ${x(0.7)},${y(0.5 - lift)} S${x(0.95)},${y(0.1 - lift)} ${x(1.1)},${y(-0.1 - lift)} L${x(1.1)},${y(0.15 - lift)} C${x(0.9)},${y(0.3 - lift)} ${x(0.8)},${y(0.75 - lift)} ${x(0.66)},${y(0.8 - lift)} S${x(0.3)},${y(0.8 - lift)} ${x(0)},${y(1 - lift)}Z`;
  return `<g filter="url(#soft)" opacity="0.8"><path d="${band(0)}" fill="url(#ribbon)"/><path d="${band(0.22)}" fill="url(#ribbon)" opacity="0.55"/></g>`;
}

/** Only where no text stands: a star over a letter would look like an accent. */
function stars(width: number, height: number, portrait: boolean): string {
  const [left, top] = portrait ? [0, 0.62] : [0.68, 0];
  const dots = Array.from({ length: 26 }, (_, index) => {
    const x = (left + (((index + 1) * 0.61803398875) % 1) * (1 - left)) * width;
    const y = (top + (((index + 1) * 0.75487766625) % 1) * (1 - top)) * height;
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${index % 7 === 0 ? 1.8 : 1}" opacity="${index % 3 === 0 ? 0.55 : 0.28}"/>`;
  });
  return `<g fill="#FFFFFF">${dots.join('')}</g>`;
}

function papel(kind: BackgroundKind, { width, height, portrait }: Canvas): BackgroundLayers {
  const base = `<defs><pattern id="dots" width="26" height="26" patternUnits="userSpaceOnUse"><circle cx="13" cy="13" r="1.15" fill="#E9DFCB"/></pattern></defs>
<rect width="${width}" height="${height}" fill="#FBF7EF"/><rect width="${width}" height="${height}" fill="url(#dots)"/>`;
  if (kind === 'content') {
    const crisp = `${base}<path d="M${width - 132},0 H${width} V132 A132,132 0 0 1 ${width - 132},0Z" fill="#F3D9B8"/><path d="M${width - 62},0 H${width} V62 A62,62 0 0 1 ${width - 62},0Z" fill="#C8572B"/>
<rect x="0" y="0" width="12" height="${height}" fill="#0E6A67"/>`;
    return { crisp };
  }
  const shapes = portrait ? paperShapes(width, height * 0.8, 150) : paperShapes(width, height * 0.5, 178);
  return { crisp: `${base}<rect x="0" y="0" width="12" height="${height}" fill="#B23A11"/>${shapes}` };
}

function paperShapes(right: number, middle: number, unit: number): string {
  const x = right - unit;
  return `<path d="M${x - unit},${middle - unit} h${unit} v${unit} a${unit},${unit} 0 0 1 ${-unit},${-unit}Z" fill="#E9B44C"/>
<rect x="${x}" y="${middle - unit}" width="${unit}" height="${unit}" fill="#0E6A67"/><circle cx="${x + unit / 2}" cy="${middle - unit / 2}" r="${unit * 0.3}" fill="#FBF7EF"/>
<circle cx="${x - unit / 2}" cy="${middle + unit / 2}" r="${unit / 2}" fill="#C8572B"/>
<path d="M${x},${middle} h${unit} a${unit},${unit} 0 0 1 ${-unit},${unit}Z" fill="#F3D9B8"/><path d="M${x + unit},${middle + unit} v${-unit / 2} a${unit / 2},${unit / 2} 0 0 0 ${-unit / 2},${unit / 2}Z" fill="#23262F"/>
<path d="M${x},${middle - unit} v${-unit / 2} a${unit / 2},${unit / 2} 0 0 1 ${unit / 2},${unit / 2}Z" fill="#C8572B"/>`;
}

function quadro(kind: BackgroundKind, canvas: Canvas): BackgroundLayers {
  const { width, height } = canvas;
  const smudges = [[0.2, 0.25, 0.34, 0.16], [0.62, 0.7, 0.4, 0.18], [0.85, 0.2, 0.28, 0.2], [0.35, 0.85, 0.32, 0.13]]
    .map(([x = 0, y = 0, radiusX = 0, radiusY = 0]) => `<ellipse cx="${x * width}" cy="${y * height}" rx="${radiusX * width}" ry="${radiusY * height}" fill="url(#dust)" transform="rotate(-14 ${x * width} ${y * height})"/>`).join('');
  const crisp = `<defs><radialGradient id="board" cx="0.5" cy="0.42" r="0.85"><stop offset="0" stop-color="#26483D"/><stop offset="0.65" stop-color="#1E3B32"/><stop offset="1" stop-color="#152B25"/></radialGradient>
<linearGradient id="wood" x1="0" y1="0" x2="1" y2="0.2"><stop offset="0" stop-color="#8A5A33"/><stop offset="0.5" stop-color="#A87443"/><stop offset="1" stop-color="#7C4F2C"/></linearGradient>${glow('dust', '#FFFFFF', 0.075)}</defs>
<rect width="${width}" height="${height}" fill="url(#board)"/>${smudges}
${kind === 'cover' ? chalkDrawing(canvas) : ''}
<path d="M0,0H${width}V${height}H0Z M14,14V${height - 14}H${width - 14}V14Z" fill="url(#wood)" fill-rule="evenodd"/>
<rect x="14" y="14" width="${width - 28}" height="${height - 28}" fill="none" stroke="#0D1C18" stroke-opacity="0.55" stroke-width="3"/>`;
  return { crisp };
}

function chalkDrawing({ width, height, portrait }: Canvas): string {
  const x = portrait ? width * 0.6 : width * 0.82;
  const y = portrait ? height * 0.78 : height * 0.45;
  const orbit = (angle: number): string => `<ellipse cx="${x}" cy="${y}" rx="128" ry="48" transform="rotate(${angle} ${x} ${y})"/>`;
  return `<g fill="none" stroke="#F7F4E9" stroke-width="3" stroke-linecap="round" opacity="0.42">${orbit(0)}${orbit(60)}${orbit(120)}</g>
<circle cx="${x}" cy="${y}" r="15" fill="#FFD76E" opacity="0.85"/><circle cx="${x + 64}" cy="${y - 111}" r="7" fill="#A4DDF2" opacity="0.9"/><circle cx="${x - 128}" cy="${y}" r="7" fill="#F5A9B8" opacity="0.9"/>
<g fill="none" stroke="#A4DDF2" stroke-width="3" stroke-linecap="round" stroke-dasharray="1 9" opacity="0.7"><path d="M${x - 165},${y + 168} h330"/><path d="M${x - 165},${y + 168} v-58"/></g>
<path d="M${x - 160},${y + 150} q40,-62 80,0 t80,0 t80,0 t80,0" fill="none" stroke="#FFD76E" stroke-width="3" stroke-linecap="round" opacity="0.65"/>
<path d="M${x + 112},${y - 176} l44,76 h-88Z" fill="none" stroke="#F5A9B8" stroke-width="3" stroke-linejoin="round" opacity="0.6"/>`;
}
