import type { Language } from '@tecnocursos/contracts';

const PORTUGUESE: Readonly<Record<string, string>> = {
  a: 'á', b: 'bê', c: 'cê', d: 'dê', e: 'é', f: 'éfe', g: 'gê', h: 'agá', i: 'í', j: 'jóta', k: 'cá', l: 'éle', m: 'ême',
  n: 'êne', o: 'ó', p: 'pê', q: 'quê', r: 'érre', s: 'ésse', t: 'tê', u: 'ú', v: 'vê', w: 'dáblio', x: 'xis', y: 'ípsilon', z: 'zê',
  '0': 'zero', '1': 'um', '2': 'dois', '3': 'três', '4': 'quatro', '5': 'cinco', '6': 'seis', '7': 'sete', '8': 'oito', '9': 'nove',
  '.': 'ponto', ',': 'vírgula', '-': 'hífen', _: 'sublinhado', '/': 'barra', '@': 'arroba', ':': 'dois pontos', '+': 'mais', '#': 'cerquilha',
};

const ENGLISH: Readonly<Record<string, string>> = {
  a: 'ay', b: 'bee', c: 'see', d: 'dee', e: 'ee', f: 'eff', g: 'gee', h: 'aitch', i: 'eye', j: 'jay', k: 'kay', l: 'ell', m: 'em',
  n: 'en', o: 'oh', p: 'pee', q: 'cue', r: 'are', s: 'ess', t: 'tee', u: 'you', v: 'vee', w: 'double you', x: 'ex', y: 'why', z: 'zee',
  '0': 'zero', '1': 'one', '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '8': 'eight', '9': 'nine',
  '.': 'dot', ',': 'comma', '-': 'dash', _: 'underscore', '/': 'slash', '@': 'at', ':': 'colon', '+': 'plus', '#': 'hash',
};

const NAMES = { 'pt-BR': PORTUGUESE, en: ENGLISH } as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** A word said letter by letter or digit by digit: `CO2` becomes `cê, ó, dois`. Marks with no name are left out. */
export function spell(written: string, language: Language): string {
  const names = NAMES[language];
  return [...written.normalize('NFC').toLowerCase()].flatMap((character) => nameOf(character, names)).join(', ');
}

function nameOf(character: string, names: Readonly<Record<string, string>>): string[] {
  const name = names[character] ?? names[character.normalize('NFD').charAt(0)];
  if (name !== undefined) return [name];
  return /[\p{L}\p{N}]/u.test(character) ? [character] : [];
}
