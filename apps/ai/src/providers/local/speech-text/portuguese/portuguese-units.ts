import type { SpokenCurrency, SpokenNoun } from '../spoken-language.js';

const plural = (one: string, many = `${one}s`): SpokenNoun => ({ one, many });
const feminine = (one: string, many = `${one}s`): SpokenNoun => ({ one, many, gender: 'feminine' });
const same = (name: string): SpokenNoun => ({ one: name, many: name });
const squared = (one: string): SpokenNoun => plural(`${one} quadrado`, `${one}s quadrados`);
const cubed = (one: string): SpokenNoun => plural(`${one} cúbico`, `${one}s cúbicos`);

const LENGTHS: Readonly<Record<string, string>> = { km: 'quilômetro', m: 'metro', dm: 'decímetro', cm: 'centímetro', mm: 'milímetro' };
const areasAndVolumes = Object.entries(LENGTHS).flatMap(([symbol, name]) => [
  [symbol, plural(name)], [`${symbol}²`, squared(name)], [`${symbol}2`, squared(name)], [`${symbol}³`, cubed(name)], [`${symbol}3`, cubed(name)],
]) as [string, SpokenNoun][];

export const PORTUGUESE_UNITS: Readonly<Record<string, SpokenNoun>> = {
  ...Object.fromEntries(areasAndVolumes),
  µm: plural('micrômetro'), μm: plural('micrômetro'), nm: plural('nanômetro'), ha: plural('hectare'),
  kg: plural('quilograma'), g: plural('grama'), mg: plural('miligrama'), µg: plural('micrograma'), μg: plural('micrograma'), t: feminine('tonelada'),
  L: plural('litro'), l: plural('litro'), mL: plural('mililitro'), ml: plural('mililitro'),
  h: feminine('hora'), min: plural('minuto'), s: plural('segundo'), ms: plural('milissegundo'), µs: plural('microssegundo'),
  's²': plural('segundo ao quadrado', 'segundos ao quadrado'),
  '°C': plural('grau Celsius', 'graus Celsius'), 'ºC': plural('grau Celsius', 'graus Celsius'), '℃': plural('grau Celsius', 'graus Celsius'),
  '°F': plural('grau Fahrenheit', 'graus Fahrenheit'), '°': plural('grau'), K: plural('kelvin'),
  J: plural('joule'), kJ: plural('quilojoule'), cal: feminine('caloria'), kcal: feminine('quilocaloria'), W: plural('watt'), kW: plural('quilowatt'),
  MW: plural('megawatt'), GW: plural('gigawatt'), kWh: plural('quilowatt-hora', 'quilowatts-hora'), V: plural('volt'), mV: plural('milivolt'), mA: plural('miliampere'),
  Ω: plural('ohm'), Hz: same('hertz'), kHz: same('quilohertz'), MHz: same('megahertz'), GHz: same('gigahertz'), N: plural('newton'), Pa: same('pascal'),
  kPa: same('quilopascal'), atm: feminine('atmosfera'), mmHg: plural('milímetro de mercúrio', 'milímetros de mercúrio'), mol: plural('mol', 'mols'),
  dB: plural('decibel', 'decibéis'), KB: plural('kilobyte'), kB: plural('kilobyte'), MB: plural('megabyte'), GB: plural('gigabyte'), TB: plural('terabyte'),
  Mbps: plural('megabit por segundo', 'megabits por segundo'), Gbps: plural('gigabit por segundo', 'gigabits por segundo'), px: same('pixels'),
  dpi: plural('ponto por polegada', 'pontos por polegada'), fps: plural('quadro por segundo', 'quadros por segundo'),
  rpm: feminine('rotação por minuto', 'rotações por minuto'), ppm: feminine('parte por milhão', 'partes por milhão'), dia: plural('dia'), ano: plural('ano'), hab: plural('habitante'),
};

const coin = (one: string, many: string, cent: SpokenNoun = plural('centavo'), gender?: 'feminine'): SpokenCurrency => ({ one, many, cent, ...(gender && { gender }) });
const dollarOf = (country: string): SpokenCurrency => coin(`dólar${country}`, `dólares${country}`);

export const PORTUGUESE_CURRENCIES: Readonly<Record<string, SpokenCurrency>> = {
  'R$': coin('real', 'reais'),
  'US$': dollarOf(''),
  'U$': dollarOf(''),
  $: dollarOf(''),
  '€': coin('euro', 'euros'),
  '£': coin('libra', 'libras', plural('pêni', 'pence'), 'feminine'),
  '¥': coin('iene', 'ienes'),
  BRL: coin('real', 'reais'),
  USD: dollarOf(''),
  EUR: coin('euro', 'euros'),
};
