import type { Look } from './looks.js';
import { mouthSvg, type Mouth } from './mouths.js';

export const EYES = ['open', 'half', 'shut'] as const;
export type Eyes = (typeof EYES)[number];

/** The drawing's own size; the bust ends at its lower edge. */
export const DRAWING = { width: 480, height: 560 } as const;

const X = 240;
const FACE_Y = 232;

/** SVG content of a bust in `DRAWING`'s coordinates. */
export function presenterSvg(look: Look, mouth: Mouth, eyes: Eyes): string {
  return [
    backHair(look), neck(look), outfit(look), head(look), ears(look), face(look, eyes), mouthSvg(mouth, X, FACE_Y + 72, look), beard(look), frontHair(look), glasses(look),
  ].join('\n');
}

const neck = ({ skin, skinShade }: Look): string =>
  `<path d="M${X - 42},366 Q${X - 46},398 ${X - 78},408 Q${X},476 ${X + 78},408 Q${X + 46},398 ${X + 42},366Z" fill="${skin}"/><path d="M${X - 42},300 v86 q0,34 42,46 q42,-12 42,-46 v-86Z" fill="${skin}"/><path d="M${X - 42},330 q42,46 84,0 v26 q-42,42 -84,0Z" fill="${skinShade}" opacity="0.75"/>`;

const head = ({ skin }: Look): string =>
  `<path d="M${X},96 C${X + 78},96 ${X + 100},160 ${X + 98},222 C${X + 96},286 ${X + 52},348 ${X},350 C${X - 52},348 ${X - 96},286 ${X - 98},222 C${X - 100},160 ${X - 78},96 ${X},96Z" fill="${skin}"/>`;

function ears({ skin, skinShade, earrings, hairStyle, accent }: Look): string {
  if (hairStyle === 'bob' || hairStyle === 'long') return earrings === 'studs' ? stud(X - 97, accent) + stud(X + 97, accent) : '';
  const ear = (x: number): string => `<ellipse cx="${x}" cy="${FACE_Y + 8}" rx="15" ry="24" fill="${skin}"/><path d="M${x},${FACE_Y - 4} q6,12 0,24" fill="none" stroke="${skinShade}" stroke-width="3" stroke-linecap="round"/>`;
  return ear(X - 98) + ear(X + 98);
}

const stud = (x: number, colour: string): string => `<circle cx="${x}" cy="${FACE_Y + 40}" r="6" fill="${colour}"/>`;

function face(look: Look, eyes: Eyes): string {
  const { skinShade, lips, hairShade } = look;
  const brow = (x: number, tilt: number): string => `<path d="M${x - 23},${FACE_Y - 40 + tilt} q22,-14 46,${-tilt * 2 - 1}" fill="none" stroke="${hairShade}" stroke-width="7" stroke-linecap="round"/>`;
  const cheek = (x: number): string => `<ellipse cx="${x}" cy="${FACE_Y + 42}" rx="22" ry="13" fill="${lips}" opacity="0.13"/>`;
  return `${cheek(X - 58)}${cheek(X + 58)}${brow(X - 43, 2)}${brow(X + 43, -2)}${eyeSvg(X - 42, look, eyes)}${eyeSvg(X + 42, look, eyes)}
<path d="M${X - 3},${FACE_Y + 6} q-8,24 -10,32 q9,9 24,4" fill="none" stroke="${skinShade}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function eyeSvg(x: number, { eyes: colour, hairShade, skinShade, skin }: Look, eyes: Eyes): string {
  const y = FACE_Y - 6;
  if (eyes === 'shut') return `<path d="M${x - 19},${y} q19,14 38,0" fill="none" stroke="${hairShade}" stroke-width="4.5" stroke-linecap="round"/>`;
  const lid = eyes === 'half' ? `<path d="M${x - 22},${y - 16} h44 v15 q-22,-7 -44,0Z" fill="${skin}"/><path d="M${x - 20},${y - 1} q20,-7 40,0" fill="none" stroke="${hairShade}" stroke-width="4" stroke-linecap="round"/>` : `<path d="M${x - 20},${y - 3} q20,-22 40,0" fill="none" stroke="${hairShade}" stroke-width="5" stroke-linecap="round"/>`;
  return `<path d="M${x - 20},${y} q20,-21 40,0 q-20,19 -40,0Z" fill="#FFFFFF"/><circle cx="${x}" cy="${y - 1}" r="10" fill="${colour}"/><circle cx="${x}" cy="${y - 1}" r="5" fill="#15110F"/><circle cx="${x + 3.5}" cy="${y - 5}" r="2.8" fill="#FFFFFF"/>
<path d="M${x - 17},${y + 10} q17,9 34,0" fill="none" stroke="${skinShade}" stroke-width="2" opacity="0.6"/>${lid}`;
}

function beard({ beard: style, hair, hairShade }: Look): string {
  if (style === 'none') return '';
  const jaw = `M${X - 97},236 C${X - 93},292 ${X - 52},347 ${X},349 C${X + 52},347 ${X + 93},292 ${X + 97},236 C${X + 84},276 ${X + 62},284 ${X + 40},278 Q${X},268 ${X - 40},278 C${X - 62},284 ${X - 84},276 ${X - 97},236Z`;
  const mouthHole = `M${X - 30},300 q30,-14 60,0 q0,34 -30,36 q-30,-2 -30,-36Z`;
  return `<path d="${jaw} ${mouthHole}" fill="${style === 'full' ? hair : hairShade}" fill-rule="evenodd" opacity="${style === 'full' ? 0.96 : 0.2}"/>`;
}

/** What falls behind the head. */
function backHair({ hair, hairShade, hairStyle }: Look): string {
  if (hairStyle === 'long') return `<path d="M${X},58 C${X - 128},54 ${X - 138},170 ${X - 132},250 C${X - 128},320 ${X - 162},360 ${X - 138},430 Q${X - 60},470 ${X},452 Q${X + 60},470 ${X + 138},430 C${X + 162},360 ${X + 128},320 ${X + 132},250 C${X + 138},170 ${X + 128},54 ${X},58Z" fill="${hairShade}"/><path d="M${X - 112},200 q-26,120 -8,224 M${X + 112},200 q26,120 8,224" stroke="${hair}" stroke-width="16" fill="none" stroke-linecap="round"/>`;
  if (hairStyle === 'bob') return `<path d="M${X},60 C${X - 124},56 ${X - 132},160 ${X - 126},236 C${X - 122},292 ${X - 130},330 ${X - 108},346 Q${X},372 ${X + 108},346 C${X + 130},330 ${X + 122},292 ${X + 126},236 C${X + 132},160 ${X + 124},56 ${X},60Z" fill="${hairShade}"/>`;
  if (hairStyle === 'bun') return `<circle cx="${X + 6}" cy="58" r="50" fill="${hairShade}"/><path d="M${X - 22},40 q28,-22 58,2" stroke="${hair}" stroke-width="7" fill="none" stroke-linecap="round"/><ellipse cx="${X}" cy="160" rx="108" ry="96" fill="${hairShade}"/>`;
  return `<ellipse cx="${X}" cy="168" rx="106" ry="100" fill="${hairShade}"/>`;
}

function frontHair({ hair, hairShade, hairStyle }: Look): string {
  switch (hairStyle) {
    case 'long':
      return `<path d="M${X - 108},238 C${X - 118},150 ${X - 76},64 ${X + 6},70 C${X + 92},64 ${X + 120},150 ${X + 110},240 C${X + 98},190 ${X + 82},152 ${X + 42},132 C${X + 4},150 ${X - 74},150 ${X - 108},238Z" fill="${hair}"/><path d="M${X + 40},132 C${X + 20},100 ${X - 40},92 ${X - 70},118" fill="none" stroke="${hairShade}" stroke-width="4" opacity="0.6"/>`;
    case 'bob':
      return `<path d="M${X - 112},276 C${X - 126},150 ${X - 82},66 ${X},66 C${X + 82},66 ${X + 126},150 ${X + 112},276 C${X + 104},226 ${X + 100},176 ${X + 78},146 C${X + 10},168 ${X - 40},150 ${X - 62},132 C${X - 96},170 ${X - 104},220 ${X - 112},276Z" fill="${hair}"/>`;
    case 'bun':
      return `<path d="M${X - 104},216 C${X - 112},130 ${X - 70},78 ${X},78 C${X + 70},78 ${X + 112},130 ${X + 104},216 C${X + 94},164 ${X + 62},128 ${X},122 C${X - 62},128 ${X - 94},164 ${X - 104},216Z" fill="${hair}"/>`;
    case 'short':
      return `<path d="M${X - 104},206 C${X - 116},128 ${X - 84},60 ${X - 8},64 C${X + 30},46 ${X + 122},76 ${X + 104},208 C${X + 96},176 ${X + 90},156 ${X + 72},140 C${X + 30},152 ${X - 22},148 ${X - 52},128 C${X - 80},150 ${X - 96},176 ${X - 104},206Z" fill="${hair}"/>`;
    case 'side':
      return `<path d="M${X - 103},210 C${X - 110},130 ${X - 76},78 ${X - 4},78 C${X + 76},74 ${X + 112},132 ${X + 103},210 C${X + 97},176 ${X + 88},150 ${X + 66},134 C${X + 20},122 ${X - 36},130 ${X - 66},140 C${X - 88},156 ${X - 97},180 ${X - 103},210Z" fill="${hair}"/>`;
  }
}

function glasses({ glasses: style }: Look): string {
  if (style === 'none') return '';
  const y = FACE_Y - 5;
  const glass = (x: number): string => (style === 'round'
    ? `<circle cx="${x}" cy="${y}" r="32" fill="#FFFFFF" fill-opacity="0.1" stroke="#2B2B33" stroke-width="5"/>`
    : `<rect x="${x - 34}" y="${y - 25}" width="68" height="50" rx="12" fill="#FFFFFF" fill-opacity="0.1" stroke="#15151B" stroke-width="6"/>`);
  return `${glass(X - 42)}${glass(X + 42)}<path d="M${X - 10},${y - 4} q10,-7 20,0 M${X - 75},${y - 6} l-22,-5 M${X + 75},${y - 6} l22,-5" fill="none" stroke="#2B2B33" stroke-width="5" stroke-linecap="round"/>`;
}

const SHOULDERS = 'M18,560 C22,470 78,424 168,404 Q240,452 312,404 C402,424 458,470 462,560Z';

function outfit(look: Look): string {
  const { cloth, clothShade, inner, accent } = look;
  const body = `<path d="${SHOULDERS}" fill="${cloth}"/><path d="M96,560 q-4,-52 14,-92 M384,560 q4,-52 -14,-92" stroke="${clothShade}" stroke-width="6" fill="none" stroke-linecap="round"/>`;
  const vee = (colour: string): string => `<path d="M176,402 L240,520 L304,402 Q240,446 176,402Z" fill="${colour}"/>`;
  switch (look.outfit) {
    case 'blazer':
      return `${body}<path d="M166,404 L240,560 L314,404 Q240,448 166,404Z" fill="${inner}"/><path d="M166,404 L146,452 L176,462 L240,560 L196,560 L120,448Z" fill="${clothShade}"/><path d="M314,404 L334,452 L304,462 L240,560 L284,560 L360,448Z" fill="${clothShade}"/>`;
    case 'suit':
      return `${body}<path d="M166,404 L240,560 L314,404 Q240,448 166,404Z" fill="${inner}"/><path d="M224,436 L256,436 L264,462 L252,560 L228,560 L216,462Z" fill="${accent}"/><path d="M222,430 h36 l-8,22 h-20Z" fill="${accent}"/><path d="M166,404 L140,456 L172,466 L236,560 L190,560 L112,450Z" fill="${clothShade}"/><path d="M314,404 L340,456 L308,466 L244,560 L290,560 L368,450Z" fill="${clothShade}"/>`;
    case 'shirt':
      return `${body}${vee(inner)}<path d="M168,400 L200,470 L240,440 L176,396Z M312,400 L280,470 L240,440 L304,396Z" fill="${clothShade}"/><path d="M240,450 V560" stroke="${clothShade}" stroke-width="4"/><circle cx="240" cy="496" r="4.5" fill="${accent}"/><circle cx="240" cy="536" r="4.5" fill="${accent}"/>`;
    case 'jumper':
      return `${body}<path d="M172,402 Q240,462 308,402 L318,414 Q240,486 162,414Z" fill="${clothShade}"/><path d="M182,404 Q240,448 298,404 L304,410 Q240,460 176,410Z" fill="${inner}"/>`;
    case 'cardigan':
      return `<path d="${SHOULDERS}" fill="${inner}"/><path d="M18,560 C22,470 78,424 168,404 L214,560Z" fill="${cloth}"/><path d="M462,560 C458,470 402,424 312,404 L266,560Z" fill="${cloth}"/><path d="M168,404 L214,560 h-18 L152,410Z M312,404 L266,560 h18 L328,410Z" fill="${clothShade}"/><path d="M190,410 Q240,452 290,410" fill="none" stroke="${accent}" stroke-width="4"/>`;
  }
}
