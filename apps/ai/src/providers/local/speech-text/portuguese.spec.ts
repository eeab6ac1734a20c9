import { describe, expect, it } from 'vitest';
import { speechPieces, spokenText } from './speech-text.js';

const spoken = (text: string): string => spokenText(text, 'pt-BR');

type Cases = readonly (readonly [written: string, spoken: string])[];

const CARDINALS: Cases = [
  ['0', 'zero'], ['14', 'quatorze'], ['16', 'dezesseis'], ['17', 'dezessete'], ['19', 'dezenove'], ['21', 'vinte e um'], ['100', 'cem'], ['101', 'cento e um'],
  ['116', 'cento e dezesseis'], ['200', 'duzentos'], ['999', 'novecentos e noventa e nove'], ['1.000', 'mil'], ['1.100', 'mil e cem'], ['1.200', 'mil e duzentos'],
  ['1.234', 'mil duzentos e trinta e quatro'], ['21.000', 'vinte e um mil'], ['1.000.000', 'um milhão'], ['1.500.000', 'um milhão e quinhentos mil'], ['2.000.001', 'dois milhões e um'],
  ['1.000.000.000', 'um bilhão'], ['3.000.000.000.000', 'três trilhões'], ['-5', 'menos cinco'], ['007', 'zero zero sete'], ['em 1998', 'em mil novecentos e noventa e oito'], ['em 2026.', 'em dois mil e vinte e seis.'],
];

const DECIMALS: Cases = [
  ['3,14', 'três vírgula quatorze'], ['0,5', 'zero vírgula cinco'], ['0,05', 'zero vírgula zero cinco'], ['1.234,56', 'mil duzentos e trinta e quatro vírgula cinquenta e seis'],
  ['3,14159', 'três vírgula um quatro um cinco nove'], ['2.5', 'dois ponto cinco'], ['versão 1.2.3', 'versão um ponto dois ponto três'],
  ['192.168.0.1', 'cento e noventa e dois ponto cento e sessenta e oito ponto zero ponto um'],
];

const GENDER: Cases = [
  ['2 aulas', 'duas aulas'], ['21 páginas', 'vinte e uma páginas'], ['1 pessoa', 'uma pessoa'], ['200 mil pessoas', 'duzentas mil pessoas'], ['2 mil alunas', 'duas mil alunas'],
  ['2 problemas', 'dois problemas'], ['2 dias', 'dois dias'], ['2 vezes', 'duas vezes'], ['32 questões', 'trinta e duas questões'], ['2 universidades', 'duas universidades'], ['2 imagens', 'duas imagens'],
  ['2 corações', 'dois corações'], ['2 novas turmas', 'duas novas turmas'], ['1 reeleição', 'uma reeleição'], ['de 2 a 4', 'de dois a quatro'], ['2 milhões de pessoas', 'dois milhões de pessoas'],
  ['22 mulheres', 'vinte e duas mulheres'], ['2 sistemas', 'dois sistemas'], ['2 mãos', 'duas mãos'], ['301 horas', 'trezentas e uma horas'],
];

const MONEY: Cases = [
  ['R$ 29,99', 'vinte e nove reais e noventa e nove centavos'], ['R$ 1,00', 'um real'], ['R$ 0,50', 'cinquenta centavos'], ['R$ 0,01', 'um centavo'], ['R$ 1.234,56', 'mil duzentos e trinta e quatro reais e cinquenta e seis centavos'],
  ['R$ 2 milhões', 'dois milhões de reais'], ['R$ 2,5 bilhões', 'dois vírgula cinco bilhões de reais'], ['R$ 3 mil', 'três mil reais'], ['R$ 1.000.000', 'um milhão de reais'], ['US$ 5', 'cinco dólares'], ['€ 10', 'dez euros'],
  ['10 €', 'dez euros'], ['£ 2', 'duas libras'], ['-R$ 5,00', 'menos cinco reais'],
];

const QUANTITIES: Cases = [
  ['50%', 'cinquenta por cento'], ['12,5 %', 'doze vírgula cinco por cento'], ['30-40%', 'trinta a quarenta por cento'], ['10 km', 'dez quilômetros'], ['1 km', 'um quilômetro'], ['1,5 L', 'um vírgula cinco litro'],
  ['2 t', 'duas toneladas'], ['2 h', 'duas horas'], ['300 mL', 'trezentos mililitros'], ['3 m²', 'três metros quadrados'], ['1 m³', 'um metro cúbico'], ['25 °C', 'vinte e cinco graus Celsius'], ['-5 °C', 'menos cinco graus Celsius'],
  ['0 °C', 'zero grau Celsius'], ['100 km/h', 'cem quilômetros por hora'], ['9,8 m/s²', 'nove vírgula oito metros por segundo ao quadrado'], ['5 g/L', 'cinco gramas por litro'], ['16 GB', 'dezesseis gigabytes'], ['20–35 °C', 'vinte a trinta e cinco graus Celsius'],
  ['45° de inclinação', 'quarenta e cinco graus de inclinação'], ['220 V', 'duzentos e vinte volts'], ['85 dB', 'oitenta e cinco decibéis'], ['5 µm', 'cinco micrômetros'], ['em km/h', 'em quilômetros por hora'], ['200 ms', 'duzentos milissegundos'],
];

const DATES_AND_TIMES: Cases = [
  ['23/11/2026', 'vinte e três de novembro de dois mil e vinte e seis'], ['01/05/1943', 'primeiro de maio de mil novecentos e quarenta e três'], ['2026-11-23', 'vinte e três de novembro de dois mil e vinte e seis'], ['1º de maio', 'primeiro de maio'], ['1 de janeiro', 'primeiro de janeiro'],
  ['8 de junho', 'oito de junho'], ['14h30', 'quatorze horas e trinta minutos'], ['14:30', 'quatorze horas e trinta minutos'], ['8h', 'oito horas'], ['1h', 'uma hora'], ['21h', 'vinte e uma horas'], ['1939–1945', 'mil novecentos e trinta e nove a mil novecentos e quarenta e cinco'],
];

const ORDINALS_AND_ROMANS: Cases = [
  ['1º lugar', 'primeiro lugar'], ['2ª fase', 'segunda fase'], ['21ª edição', 'vigésima primeira edição'], ['10º', 'décimo'], ['1° ano', 'primeiro ano'], ['século XIX', 'século dezenove'], ['século V', 'século quinto'], ['século X', 'século décimo'],
  ['séculos XV e XVI', 'séculos quinze e dezesseis'], ['Capítulo IV', 'Capítulo quatro'], ['Dom Pedro II', 'Dom Pedro segundo'], ['papa João XXIII', 'papa João vinte e três'], ['II Guerra Mundial', 'segunda Guerra Mundial'], ['fotossistema II', 'fotossistema dois'],
  ['vitamina C', 'vitamina C'],
];

const FORMULAS: Cases = [
  ['CO₂', 'cê ó dois'], ['H2O', 'agá dois ó'], ['O₂', 'ó dois'], ['C₆H₁₂O₆', 'cê seis agá doze ó seis'], ['6CO₂', 'seis cê ó dois'], ['Na⁺', 'ene á mais'], ['Ca²⁺', 'cê á dois mais'], ['x²', 'xis ao quadrado'], ['10³', 'dez ao cubo'], ['10⁻³', 'dez elevado a menos três'],
  ['2^10', 'dois elevado a dez'], ['1/2', 'um meio'], ['3/4', 'três quartos'], ['5/12', 'cinco doze avos'], ['½', 'um meio'], ['24/7', 'vinte e quatro barra sete'], ['a = b + c', 'a igual a b mais c'], ['x ≥ 2', 'x maior ou igual a dois'], ['3 × 4', 'três vezes quatro'], ['3 x 4', 'três vezes quatro'],
  ['8 ÷ 2', 'oito dividido por dois'], ['2x+1=5', 'dois xis mais um igual a cinco'], ['π ≈ 3,14', 'pi aproximadamente igual a três vírgula quatorze'], ['3x mais rápido', 'três vezes mais rápido'],
];

const ABBREVIATIONS: Cases = [
  ['p. ex., isto', 'por exemplo, isto'], ['luz, água etc.', 'luz, água etcétera'], ['Dr. Silva', 'doutor Silva'], ['Dra. Ana', 'doutora Ana'], ['o Sr. Souza', 'o senhor Souza'], ['a Profa. Lima', 'a professora Lima'], ['Prof. Carlos', 'professor Carlos'], ['nº 5', 'número cinco'],
  ['art. 19', 'artigo dezenove'], ['p. 12', 'página doze'], ['pp. 3-5', 'páginas três a cinco'], ['Fig. 2', 'figura dois'], ['cap. 3', 'capítulo três'], ['Av. Paulista', 'avenida Paulista'], ['300 a.C.', 'trezentos antes de Cristo'], ['i.e., isto', 'isto é, isto'], ['cf. nota', 'conforme nota'],
  ['e/ou', 'e ou'], ['entrada/saída', 'entrada ou saída'], ['Lei nº 8.213/1991', 'Lei número oito mil duzentos e treze barra mil novecentos e noventa e um'],
];

const ACRONYMS: Cases = [
  ['o HTTP', 'o agá tê tê pê'], ['a NASA', 'a Nasa'], ['o IBGE', 'o í bê gê é'], ['a ONU', 'a Onu'], ['o DNA', 'o dê ene á'], ['o ATP', 'o á tê pê'], ['os CPFs', 'os cê pê éfes'], ['TCP/IP', 'tê cê pê í pê'], ['COVID-19', 'Covid dezenove'], ['os EUA', 'os Estados Unidos'], ['um MP4', 'um eme pê quatro'],
  ['FOTOSSÍNTESE E RESPIRAÇÃO DAS PLANTAS', 'FOTOSSÍNTESE E RESPIRAÇÃO DAS PLANTAS'],
];

const DIGITS_AND_ADDRESSES: Cases = [
  ['(11) 99999-1234', 'um um, nove nove nove nove nove, um dois três quatro'], ['123.456.789-09', 'um dois três, quatro cinco seis, sete oito nove, zero nove'], ['01310-100', 'zero um três um zero, um zero zero'], ['www.exemplo.com.br', 'exemplo ponto com ponto bê erre'],
  ['https://exemplo.org/curso', 'exemplo ponto org barra curso'], ['ana@escola.edu.br', 'ana arroba escola ponto é dê u ponto bê erre'], ['#5', 'número cinco'], ['@maria', 'arroba maria'], ['pão & água', 'pão e água'], ['C#', 'C sharp'],
];

describe.each([
  ['cardinals', CARDINALS], ['decimals', DECIMALS], ['gender', GENDER], ['money', MONEY], ['quantities', QUANTITIES], ['dates and times', DATES_AND_TIMES], ['ordinals and Roman numerals', ORDINALS_AND_ROMANS], ['formulas', FORMULAS],
  ['abbreviations', ABBREVIATIONS], ['acronyms', ACRONYMS], ['digits and addresses', DIGITS_AND_ADDRESSES],
])('Portuguese %s', (_, cases) => {
  it.each(cases)('%s is said as %s', (written, expected) => {
    expect(spoken(written)).toBe(expected);
  });
});

describe('pieces of a Portuguese text', () => {
  it('keep the written form, complete and in order', () => {
    const text = 'O CO₂ custa R$ 29,99 (ou 10%), às 14h30 de 23/11/2026; e/ou a 25 °C.';
    expect(speechPieces(text, 'pt-BR').map(({ written }) => written).join('')).toBe(text);
  });

  it('take an amount with its currency as one piece', () => {
    expect(speechPieces('custa R$ 29,99.', 'pt-BR')).toEqual([
      { written: 'custa ' }, { written: 'R$ 29,99', spoken: 'vinte e nove reais e noventa e nove centavos' }, { written: '.' },
    ]);
  });

  it('leave plain prose alone', () => {
    expect(speechPieces('A luz é uma forma de energia.', 'pt-BR')).toEqual([{ written: 'A luz é uma forma de energia.' }]);
  });
});
