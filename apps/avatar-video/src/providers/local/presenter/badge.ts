import type { Canvas } from '../slides/canvas.js';

/** Pixels of the disc in which a presenter stands in the corner of a slide. */
export const BADGE_DIAMETER = 208;
export const RING_WIDTH = 4;
const OUTSET = 20;
const LIFT = 16;

/** Centre of the badge on a slide: above the footer, in the room that the layout keeps free for it. */
export const badgeCentre = ({ width, footerTop, margin, portrait }: Canvas): { x: number; y: number } => ({
  x: portrait ? width / 2 : width - margin - BADGE_DIAMETER / 2 + OUTSET,
  y: footerTop - BADGE_DIAMETER / 2 - LIFT,
});
