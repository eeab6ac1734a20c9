/** What satori takes for a React element; slides are built without JSX. */
export interface SlideElement {
  type: 'div' | 'svg' | 'path' | 'img';
  props: { style?: ElementStyle; children?: SlideElement | SlideElement[] | string; [attribute: string]: unknown };
}

export type ElementStyle = Readonly<Record<string, string | number | undefined>>;

/** A flex container, or a text when `children` is a string. */
export const box = (style: ElementStyle, children?: SlideElement | SlideElement[] | string): SlideElement => ({
  type: 'div',
  props: { style: { display: 'flex', boxSizing: 'border-box', ...style }, ...(children !== undefined && { children }) },
});

/** Placed by its top left corner, in pixels of the slide. */
export const at = (x: number, y: number, style: ElementStyle, children?: SlideElement | SlideElement[] | string): SlideElement =>
  box({ position: 'absolute', left: x, top: y, ...style }, children);

/** One line that is never broken again. */
export const line = (text: string, style: ElementStyle = {}): SlideElement => box({ whiteSpace: 'pre', flexShrink: 0, ...style }, text);

/** Lines under each other, `lineHeight` in fractions of the font size. */
export const textBlock = (lines: readonly string[], size: number, lineHeight: number, style: ElementStyle = {}): SlideElement =>
  box(
    { flexDirection: 'column', fontSize: size, ...style },
    lines.map((text) => line(text, { height: size * lineHeight, alignItems: 'center' })),
  );

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
