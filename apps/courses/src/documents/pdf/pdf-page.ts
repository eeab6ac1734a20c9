/** A rectangle in points, with the origin at the page's top left corner. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A run of characters of one font, as the page's content stream paints it. */
export interface Fragment {
  text: string;
  left: number;
  right: number;
  baseline: number;
  /** Font size in points, as it appears on the page. */
  size: number;
  bold: boolean;
  italic: boolean;
  monospace: boolean;
  /** Whether the stream puts white space between the fragment before and this one. */
  spaceBefore: boolean;
  /** Marked content that it belongs to; leaves of the structure tree name it. */
  contentId: string | undefined;
}

export interface PlacedImage {
  /** Id of the gathered picture. */
  imageId: string;
  box: Box;
  contentId: string | undefined;
}

export interface StructureNode {
  role: string;
  alt?: string;
  children: ReadonlyArray<StructureNode | StructureLeaf>;
}

export interface StructureLeaf {
  type: string;
  id: string;
}

export interface PageContent {
  /** Counted from 1. */
  number: number;
  width: number;
  height: number;
  fragments: Fragment[];
  /** Thin straight lines, level or upright: borders of tables. */
  rules: Box[];
  /** Small filled shapes that may be bullets. */
  dots: Box[];
  images: PlacedImage[];
  structure: StructureNode | undefined;
}

export function widthOf({ left, right }: Box): number {
  return right - left;
}

export function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}

export function union(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}
