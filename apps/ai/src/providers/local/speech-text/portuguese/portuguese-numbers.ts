import type { Gender } from '../spoken-language.js';

const SMALL = [
  'zero', 'um', 'dois', 'três', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze', 'treze', 'quatorze', 'quinze', 'dezesseis',
  'dezessete', 'dezoito', 'dezenove',
];
const TENS = ['', '', 'vinte', 'trinta', 'quarenta', 'cinquenta', 'sessenta', 'setenta', 'oitenta', 'noventa'];
const HUNDREDS = ['', 'cento', 'duzentos', 'trezentos', 'quatrocentos', 'quinhentos', 'seiscentos', 'setecentos', 'oitocentos', 'novecentos'];
const SCALES = [
  ['', ''], ['mil', 'mil'], ['milhão', 'milhões'], ['bilhão', 'bilhões'], ['trilhão', 'trilhões'], ['quatrilhão', 'quatrilhões'],
] as const;
const THOUSAND = 1000n;
const LARGEST = THOUSAND ** BigInt(SCALES.length);

const ORDINAL_ONES = ['', 'primeiro', 'segundo', 'terceiro', 'quarto', 'quinto', 'sexto', 'sétimo', 'oitavo', 'nono'];
const ORDINAL_TENS = [
  '', 'décimo', 'vigésimo', 'trigésimo', 'quadragésimo', 'quinquagésimo', 'sexagésimo', 'septuagésimo', 'octogésimo', 'nonagésimo',
];
const ORDINAL_HUNDREDS = [
  '', 'centésimo', 'ducentésimo', 'trecentésimo', 'quadringentésimo', 'quingentésimo', 'sexcentésimo', 'septingentésimo', 'octingentésimo', 'noningentésimo',
];

/** Brazilian cardinals, which no library at hand has: "dezesseis", "um bilhão", "mil e duzentos", "duas mil". */
export function portugueseCardinal(value: bigint, gender: Gender): string {
  if (value < 0n) return `menos ${portugueseCardinal(-value, gender)}`;
  if (value === 0n) return SMALL[0] ?? '';
  if (value >= LARGEST) return [...String(value)].map((digit) => SMALL[Number(digit)] ?? '').join(' ');
  const groups = groupsOf(value);
  const last = groups.findIndex((group) => group > 0);
  let spoken = '';
  for (let scale = groups.length - 1; scale >= 0; scale -= 1) {
    const group = groups[scale] ?? 0;
    if (group === 0) continue;
    const joint = spoken === '' ? '' : joinsWithAnd(group, scale === last) ? ' e ' : ' ';
    spoken += joint + spokenGroup(group, scale, gender);
  }
  return spoken;
}

export function portugueseOrdinal(value: number, gender: Gender): string {
  if (value < 1 || value > 999) return portugueseCardinal(BigInt(value), gender);
  const parts = [ORDINAL_HUNDREDS[Math.floor(value / 100)], ORDINAL_TENS[Math.floor(value / 10) % 10], ORDINAL_ONES[value % 10]];
  const masculine = parts.filter((part) => part !== undefined && part !== '').join(' ');
  return gender === 'masculine' ? masculine : masculine.replaceAll(/o\b/g, 'a');
}

/** Digits after the comma: as a number where people do so ("três vírgula quatorze"), else one by one. */
export function portugueseDecimals(digits: string): string {
  const oneByOne = digits.length > 3 || digits.startsWith('0');
  return oneByOne ? [...digits].map((digit) => SMALL[Number(digit)] ?? '').join(' ') : portugueseCardinal(BigInt(digits), 'masculine');
}

const FRACTION_NAMES: Readonly<Record<number, readonly [one: string, many: string]>> = {
  2: ['meio', 'meios'], 3: ['terço', 'terços'], 4: ['quarto', 'quartos'], 5: ['quinto', 'quintos'], 6: ['sexto', 'sextos'], 7: ['sétimo', 'sétimos'],
  8: ['oitavo', 'oitavos'], 9: ['nono', 'nonos'], 10: ['décimo', 'décimos'], 100: ['centésimo', 'centésimos'], 1000: ['milésimo', 'milésimos'],
};

export function portugueseFraction(numerator: number, denominator: number): string {
  const top = portugueseCardinal(BigInt(numerator), 'masculine');
  const name = FRACTION_NAMES[denominator];
  if (name) return `${top} ${numerator === 1 ? name[0] : name[1]}`;
  return `${top} ${portugueseCardinal(BigInt(denominator), 'masculine')} ${numerator === 1 ? 'avo' : 'avos'}`;
}

function groupsOf(value: bigint): number[] {
  const groups: number[] = [];
  for (let rest = value; rest > 0n; rest /= THOUSAND) groups.push(Number(rest % THOUSAND));
  return groups;
}

const joinsWithAnd = (group: number, isLast: boolean): boolean => isLast && (group < 100 || group % 100 === 0);

function spokenGroup(group: number, scale: number, gender: Gender): string {
  if (scale === 0) return belowThousand(group, gender);
  if (scale === 1) return group === 1 ? 'mil' : `${belowThousand(group, gender)} mil`;
  const [one, many] = SCALES[scale] ?? ['', ''];
  return `${belowThousand(group, 'masculine')} ${group === 1 ? one : many}`;
}

function belowThousand(value: number, gender: Gender): string {
  if (value === 100) return 'cem';
  const hundreds = HUNDREDS[Math.floor(value / 100)] ?? '';
  const rest = value % 100;
  const tail = rest === 0 ? '' : rest < 20 ? inGender(SMALL[rest] ?? '', gender) : tensAndOnes(rest, gender);
  return [gender === 'feminine' ? hundreds.replace(/os$/, 'as') : hundreds, tail]
    .filter((part) => part !== '')
    .join(' e ');
}

function tensAndOnes(value: number, gender: Gender): string {
  const ones = value % 10;
  const tens = TENS[Math.floor(value / 10)] ?? '';
  return ones === 0 ? tens : `${tens} e ${inGender(SMALL[ones] ?? '', gender)}`;
}

function inGender(word: string, gender: Gender): string {
  if (gender === 'masculine') return word;
  return word === 'um' ? 'uma' : word === 'dois' ? 'duas' : word;
}
