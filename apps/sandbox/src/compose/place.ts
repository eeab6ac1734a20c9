import type { Correction } from './corrections.js';
import type { Material } from './material.js';

/** Where in an answer a value stands, and the part of the text that it is made of. */
export interface Place {
  /** Of the property; of the array's property for the items of an array. */
  readonly name: string;
  /** Whether the value itself is an item of an array, and not a property of one. */
  readonly isItem: boolean;
  /** Position in the nearest array around it, from 0. */
  readonly ordinal: number;
  readonly depth: number;
  readonly material: Material;
  /** The correction that an item of a list of edits stands for. */
  readonly correction: Correction | undefined;
  /** Whether the value must differ from those of other ordinals. */
  readonly isUnique: boolean;
}
