import type { SpokenCurrency, SpokenNoun } from '../spoken-language.js';

const plural = (one: string, many = `${one}s`): SpokenNoun => ({ one, many });
const same = (name: string): SpokenNoun => ({ one: name, many: name });
const squared = (one: string): SpokenNoun => plural(`square ${one}`);
const cubed = (one: string): SpokenNoun => plural(`cubic ${one}`);

const LENGTHS: Readonly<Record<string, string>> = { km: 'kilometer', m: 'meter', dm: 'decimeter', cm: 'centimeter', mm: 'millimeter' };
const areasAndVolumes = Object.entries(LENGTHS).flatMap(([symbol, name]) => [
  [symbol, plural(name)], [`${symbol}²`, squared(name)], [`${symbol}2`, squared(name)], [`${symbol}³`, cubed(name)], [`${symbol}3`, cubed(name)],
]) as [string, SpokenNoun][];

export const ENGLISH_UNITS: Readonly<Record<string, SpokenNoun>> = {
  ...Object.fromEntries(areasAndVolumes),
  µm: plural('micrometer'), μm: plural('micrometer'), nm: plural('nanometer'), ha: plural('hectare'), ft: plural('foot', 'feet'), mi: plural('mile'), lb: plural('pound'), lbs: plural('pound'),
  oz: plural('ounce'), kg: plural('kilogram'), g: plural('gram'), mg: plural('milligram'), µg: plural('microgram'), μg: plural('microgram'), L: plural('liter'), l: plural('liter'),
  mL: plural('milliliter'), ml: plural('milliliter'), h: plural('hour'), hr: plural('hour'), hrs: plural('hour'), min: plural('minute'), s: plural('second'), ms: plural('millisecond'),
  µs: plural('microsecond'), 's²': same('second squared'), '°C': plural('degree Celsius', 'degrees Celsius'), 'ºC': plural('degree Celsius', 'degrees Celsius'),
  '℃': plural('degree Celsius', 'degrees Celsius'), '°F': plural('degree Fahrenheit', 'degrees Fahrenheit'), '°': plural('degree'), K: plural('kelvin'), J: plural('joule'), kJ: plural('kilojoule'),
  cal: plural('calorie'), kcal: plural('kilocalorie'), W: plural('watt'), kW: plural('kilowatt'), MW: plural('megawatt'), GW: plural('gigawatt'), kWh: plural('kilowatt hour'),
  V: plural('volt'), mV: plural('millivolt'), mA: plural('milliampere'), Ω: plural('ohm'), Hz: same('hertz'), kHz: same('kilohertz'), MHz: same('megahertz'), GHz: same('gigahertz'),
  N: plural('newton'), Pa: plural('pascal'), kPa: plural('kilopascal'), atm: plural('atmosphere'), mmHg: plural('millimeter of mercury', 'millimeters of mercury'), mol: plural('mole'),
  dB: plural('decibel'), KB: plural('kilobyte'), kB: plural('kilobyte'), MB: plural('megabyte'), GB: plural('gigabyte'), TB: plural('terabyte'),
  Mbps: plural('megabit per second', 'megabits per second'), Gbps: plural('gigabit per second', 'gigabits per second'), mph: plural('mile per hour', 'miles per hour'), px: plural('pixel'),
  dpi: plural('dot per inch', 'dots per inch'), fps: plural('frame per second', 'frames per second'), rpm: plural('revolution per minute', 'revolutions per minute'),
  ppm: plural('part per million', 'parts per million'), day: plural('day'), year: plural('year'),
};

const coin = (one: string, many = `${one}s`, cent: SpokenNoun = plural('cent')): SpokenCurrency => ({ one, many, cent });

export const ENGLISH_CURRENCIES: Readonly<Record<string, SpokenCurrency>> = {
  'R$': coin('real', 'reais', plural('centavo')),
  'US$': coin('dollar'),
  $: coin('dollar'),
  '€': coin('euro'),
  '£': coin('pound', 'pounds', plural('penny', 'pence')),
  '¥': coin('yen', 'yen'),
  USD: coin('dollar'),
  EUR: coin('euro'),
  BRL: coin('real', 'reais', plural('centavo')),
};
