import type { PresenterId } from '@tecnocursos/contracts';

/** How a house presenter is drawn. Colours are CSS; everything else chooses among shapes. */
export interface Look {
  readonly skin: string;
  readonly skinShade: string;
  readonly lips: string;
  readonly hair: string;
  readonly hairShade: string;
  readonly hairStyle: 'long' | 'bob' | 'bun' | 'short' | 'side';
  readonly eyes: string;
  readonly beard: 'none' | 'stubble' | 'full';
  readonly glasses: 'none' | 'round' | 'square';
  readonly earrings: 'none' | 'studs';
  readonly outfit: 'blazer' | 'jumper' | 'shirt' | 'suit' | 'cardigan';
  readonly cloth: string;
  readonly clothShade: string;
  readonly inner: string;
  readonly accent: string;
}

export const LOOKS: Readonly<Record<PresenterId, Look>> = {
  /** Professional: dark bob, navy blazer. */
  amy: {
    skin: '#F2C9A8', skinShade: '#DFAE88', lips: '#B8564F', hair: '#3A2420', hairShade: '#2A1815', hairStyle: 'bob', eyes: '#4A6B57', beard: 'none', glasses: 'none', earrings: 'studs',
    outfit: 'blazer', cloth: '#27406B', clothShade: '#1D3154', inner: '#F7F4EF', accent: '#D9B36A',
  },
  /** Friendly: stubble, green jumper. */
  daniel: {
    skin: '#E3B18C', skinShade: '#CD9670', lips: '#A85B4E', hair: '#5B3A22', hairShade: '#452B18', hairStyle: 'short', eyes: '#5A4632', beard: 'stubble', glasses: 'none', earrings: 'none',
    outfit: 'jumper', cloth: '#3F7D6B', clothShade: '#316455', inner: '#E9F1ED', accent: '#2B5A4C',
  },
  /** Technical: glasses, bun, shirt in teal. */
  lucia: {
    skin: '#C98F66', skinShade: '#B27A52', lips: '#9C4B45', hair: '#1F1A1C', hairShade: '#120F10', hairStyle: 'bun', eyes: '#3B2A20', beard: 'none', glasses: 'round', earrings: 'none',
    outfit: 'shirt', cloth: '#2C7A8C', clothShade: '#226270', inner: '#EAF4F6', accent: '#16404A',
  },
  /** Corporate: side parting, suit and tie. */
  marcus: {
    skin: '#8D5B3E', skinShade: '#754830', lips: '#6E3B33', hair: '#17120F', hairShade: '#0C0907', hairStyle: 'side', eyes: '#2A1C14', beard: 'full', glasses: 'square', earrings: 'none',
    outfit: 'suit', cloth: '#33363F', clothShade: '#25272E', inner: '#FAFAFA', accent: '#8C2F39',
  },
  /** Teaching: long wavy hair, warm cardigan. */
  sofia: {
    skin: '#EDBF9B', skinShade: '#D8A37B', lips: '#B5524F', hair: '#8A4B2A', hairShade: '#6E3A1F', hairStyle: 'long', eyes: '#4B5D3A', beard: 'none', glasses: 'none', earrings: 'studs',
    outfit: 'cardigan', cloth: '#C9683F', clothShade: '#A9522E', inner: '#FBF1E3', accent: '#F1C27D',
  },
};
