import { createHash } from 'node:crypto';
import type { Colour } from './canvas.js';

export interface PresenterLook {
  readonly gender: 'female' | 'male';
  readonly hairStyle: 'long' | 'bob' | 'bun' | 'short' | 'side' | 'bearded';
  readonly hair: Colour;
  readonly skin: Colour;
  readonly jacket: Colour;
  readonly shirt: Colour;
  /** What the studio behind the presenter is lit in, where no background was asked for. */
  readonly studio: readonly [top: Colour, bottom: Colour];
}

type Colours = readonly [Colour, ...Colour[]];

const HAIR: Colours = [[42, 32, 29], [74, 48, 34], [112, 70, 40], [171, 122, 66], [138, 58, 36], [58, 58, 64]];
const SKIN: Colours = [[246, 214, 189], [234, 190, 156], [214, 162, 122], [176, 120, 83], [124, 82, 58]];
const JACKETS: Colours = [[38, 70, 112], [32, 98, 94], [92, 56, 104], [146, 62, 70], [66, 76, 92], [52, 94, 64]];
const SHIRTS: Colours = [[250, 250, 248], [226, 236, 247], [250, 236, 218], [232, 244, 232]];
const STUDIOS: readonly [PresenterLook['studio'], ...PresenterLook['studio'][]] = [[[232, 238, 246], [190, 204, 222]], [[240, 236, 228], [212, 202, 188]], [[228, 240, 238], [184, 208, 204]]];
const STYLES = { female: ['long', 'bob', 'bun'], male: ['short', 'side', 'bearded'] } as const;

const FEMALE = new Set('female woman mulher feminino sofia sophia anna ana amy anita fiona lucia emma maria julia laura clara helena beatriz camila francisca jenny olivia alice mia'.split(' '));
const MALE = new Set('male man homem masculino alex daniel marcus matt rafael antonio joao jose pedro lucas bruno carlos paulo james john jack guy miguel gabriel david'.split(' '));

/** How the presenter of an id looks: man or woman by the words of the id where they say so, all else by its hash. The same id, the same person. */
export function lookOf(id: string): PresenterLook {
  const digest = createHash('sha256').update(id).digest();
  const pick = <Item>(items: readonly [Item, ...Item[]], index: number): Item => items[(digest[index] ?? 0) % items.length] ?? items[0];
  const gender = genderOf(id) ?? pick<PresenterLook['gender']>(['female', 'male'], 0);
  return {
    gender,
    hairStyle: pick<PresenterLook['hairStyle']>(STYLES[gender], 1),
    hair: pick(HAIR, 2),
    skin: pick(SKIN, 3),
    jacket: pick(JACKETS, 4),
    shirt: pick(SHIRTS, 5),
    studio: pick(STUDIOS, 6),
  };
}

function genderOf(id: string): PresenterLook['gender'] | undefined {
  const words = id.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^a-z]+/);
  for (const word of words) {
    if (FEMALE.has(word)) return 'female';
    if (MALE.has(word)) return 'male';
  }
  return undefined;
}
