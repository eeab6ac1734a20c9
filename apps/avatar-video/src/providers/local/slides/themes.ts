import type { Theme } from '@tecnocursos/contracts';

/** Colours of source code; each has a contrast of 4.5 or more on `panel`. */
export interface CodeColours {
  panel: string;
  bar: string;
  border: string;
  text: string;
  label: string;
  keyword: string;
  string: string;
  number: string;
  comment: string;
  name: string;
  type: string;
}

/** Colours of one look. Text colours have a contrast of 4.5 or more on the backgrounds and cards that they stand on (WCAG 2.2, AA). */
export interface ThemeColours {
  text: string;
  /** Less important text: footer, captions, subtitles. */
  muted: string;
  accent: string;
  /** Text on the accent. */
  onAccent: string;
  secondAccent: string;
  card: string;
  cardBorder: string;
  /** The line along which progress moves. */
  track: string;
  tableHeader: string;
  onTableHeader: string;
  /** Every second row of a table. */
  stripe: string;
  /** Behind pictures, which are mostly drawn for white paper. */
  pictureCard: string;
  pictureBorder: string;
  code: CodeColours;
}

const NIGHT_CODE: CodeColours = {
  panel: '#0B1120', bar: '#151E33', border: '#2A3655', text: '#E6EBF8', label: '#A3B0D0',
  keyword: '#C4A5FF', string: '#8FE3A8', number: '#FFC078', comment: '#8D9AB9', name: '#7CC7FF', type: '#5EEAD4',
};

const PAPER_CODE: CodeColours = {
  panel: '#FFFFFF', bar: '#F3ECDD', border: '#E0D5BF', text: '#2A2D36', label: '#5C5F69',
  keyword: '#A3236F', string: '#1B6E3C', number: '#9A4A00', comment: '#666B77', name: '#1F55B5', type: '#0B6A6A',
};

export const THEMES: Readonly<Record<Theme, ThemeColours>> = {
  aurora: {
    text: '#F5F7FF', muted: '#C3CCE8', accent: '#5EEAD4', onAccent: '#062A2A', secondAccent: '#B79CFF',
    card: 'rgba(255,255,255,0.075)', cardBorder: 'rgba(255,255,255,0.13)', track: 'rgba(255,255,255,0.16)',
    tableHeader: '#2C3A7A', onTableHeader: '#F5F7FF', stripe: 'rgba(255,255,255,0.05)',
    pictureCard: '#FFFFFF', pictureBorder: 'rgba(255,255,255,0.35)', code: NIGHT_CODE,
  },
  papel: {
    text: '#23262F', muted: '#595E69', accent: '#B23A11', onAccent: '#FFFFFF', secondAccent: '#0E6A67',
    card: '#FFFFFF', cardBorder: '#E6DCC8', track: '#E4D9C3',
    tableHeader: '#0E6A67', onTableHeader: '#FFFFFF', stripe: '#FAF5EA',
    pictureCard: '#FFFFFF', pictureBorder: '#E6DCC8', code: PAPER_CODE,
  },
  quadro: {
    text: '#F7F4E9', muted: '#D3DFD5', accent: '#FFD76E', onAccent: '#2B2A16', secondAccent: '#A4DDF2',
    card: 'rgba(255,255,255,0.055)', cardBorder: 'rgba(247,244,233,0.22)', track: 'rgba(247,244,233,0.20)',
    tableHeader: '#2F5A4C', onTableHeader: '#FFE9A8', stripe: 'rgba(255,255,255,0.045)',
    pictureCard: '#FFFFFF', pictureBorder: '#D8CDB4', code: { ...NIGHT_CODE, panel: '#10201B', bar: '#1A2F28', border: '#3C574D', comment: '#94ABA0', label: '#B4C6BC' },
  },
};
