/** Sample positions of one word; equal when the word makes no sound. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
