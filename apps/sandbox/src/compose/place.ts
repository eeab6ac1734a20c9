import type { Correction } from './corrections.js';
import type { Material } from './material.js';
import type { QuestionFrame } from './question-frame.js';

/** Where in an answer a value stands, and the part of the text that it is made of. */
export interface Place {
  /** Of the property, as words (`key points`); of the array's property for the items of an array. */
  readonly name: string;
  /** What the schema says about the value. */
  readonly description: string;
  /** Whether the value itself is an item of an array, and not a property of one. */
  readonly isItem: boolean;
  /** Position in the nearest array around it, from 0. */
  readonly ordinal: number;
  /** Items of the nearest array around it. */
  readonly siblings: number;
  readonly depth: number;
  readonly material: Material;
  /** The source as it was given, with its line breaks and marks. */
  readonly wholeText: string;
  /** The correction that an item of a list of edits stands for. */
  readonly correction: Correction | undefined;
  /** The name that an item of a list of entities stands for. */
  readonly entity: string | undefined;
  /** The question that the value is a part of. */
  readonly question: QuestionFrame | undefined;
  /** Whether texts are given whole, however long: translations and corrections are. */
  readonly isWhole: boolean;
  /** Whether the value must differ from those of other ordinals. */
  readonly isUnique: boolean;
}
