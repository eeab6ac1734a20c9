import type { Slide } from '@tecnocursos/contracts';
import type { SlideToDraw } from './slide-scene.js';

const base = { narration: '' };

/** Slides as lessons have them, one or two of each kind. */
export const USUAL_SLIDES: readonly Slide[] = [
  { ...base, kind: 'title', title: 'Fotossíntese: como as plantas transformam luz em energia', subtitle: 'Da clorofila à glicose' },
  { ...base, kind: 'section', title: 'A fase clara', subtitle: 'Onde a luz vira ATP e NADPH' },
  { ...base, kind: 'bullets', title: 'O que acontece nos tilacoides', ordered: false, bullets: ['Clorofila: pigmento que absorve a luz', 'A água (H₂O) é quebrada em O₂, prótons e elétrons', 'Rendimento ≥ 30 % → ATP'] },
  { ...base, kind: 'bullets', title: 'Etapas do ciclo de Calvin', ordered: true, bullets: ['Fixação', 'Redução', 'Regeneração'] },
  { ...base, kind: 'picture', title: 'O cloroplasto por dentro', image_id: 'a', alt: 'Cloroplasto', caption: 'Figura 1 – Estrutura', bullets: ['Tilacoides empilhados formam o granum'] },
  { ...base, kind: 'picture', title: 'O cloroplasto por dentro', image_id: 'a', alt: 'Cloroplasto', bullets: [] },
  { ...base, kind: 'table', title: 'Fase clara e fase escura', header: true, rows: [['Aspecto', 'Clara', 'Escura'], ['Local', 'Tilacoide', 'Estroma'], ['ATP', '18', '−12']] },
  { ...base, kind: 'code', title: 'A taxa de fotossíntese', language: 'python', code: 'def taxa(luz):\n    return 30 * luz / (luz + 120.5)' },
  { ...base, kind: 'closing', title: 'O que você aprendeu', bullets: ['A luz é absorvida pela clorofila', 'O ciclo de Calvin fixa o CO₂'] },
  { ...base, kind: 'closing', title: 'Até a próxima aula!', bullets: [] },
];

const LONG = 'Uma frase bastante comprida que explica o conceito com exemplos, ressalvas e números como 3,14 e 2,71, e que continua por mais algumas palavras';

/** As full as a script may make them. All of it must be readable: nothing may be cut. */
export const FULL_SLIDES: readonly Slide[] = [
  { ...base, kind: 'title', title: 'Um título muito longo de artigo científico sobre a regulação da expressão gênica em plantas sob estresse hídrico prolongado', subtitle: LONG },
  { ...base, kind: 'section', title: 'Anticonstitucionalissimamente e outras palavras de comprimento incomum numa seção' },
  { ...base, kind: 'bullets', title: 'Um título de slide que é longo demais para uma linha e talvez também para duas', ordered: false, bullets: Array.from({ length: 6 }, (_, index) => `Tópico ${index}: ${LONG}`) },
  { ...base, kind: 'bullets', title: LONG.slice(0, 90), ordered: true, bullets: Array.from({ length: 6 }, () => LONG) },
  { ...base, kind: 'picture', title: LONG.slice(0, 90), image_id: 'a', alt: '', caption: LONG.slice(0, 120), bullets: Array.from({ length: 4 }, () => LONG.slice(0, 80)) },
  {
    ...base, kind: 'table', title: 'Tabela de oito linhas e cinco colunas', header: true,
    rows: Array.from({ length: 8 }, (_, row) => [`Nutriente ${row}`, 'Componente de aminoácidos e da clorofila', 'Clorose nas folhas velhas e crescimento lento', '12,5', 'Ureia e sulfato de amônio']),
  },
  { ...base, kind: 'code', title: 'Dezesseis linhas de cem caracteres', language: 'javascript', code: Array.from({ length: 16 }, (_, index) => `const valor${index} = calcular(${index}, "texto com aspas") || padrao; `.padEnd(100, 'x')).join('\n') },
  { ...base, kind: 'closing', title: 'Resumo da aula com muitos pontos para revisar', bullets: Array.from({ length: 6 }, (_, index) => `Ponto ${index} do resumo, com uma explicação de tamanho médio que ocupa duas linhas`) },
];

/** What no one should write on a slide. */
export const HOSTILE_SLIDES: readonly Slide[] = [
  { ...base, kind: 'title', title: '\u{1F600}\u{1F9EC}', subtitle: 'שלום مرحبا 漢字 \u202Eabc\u0000' },
  { ...base, kind: 'bullets', title: '</div><script>alert("x")</script> & ]]> &#0; &amp;', ordered: false, bullets: ['\u{1F468}\u200D\u{1F3EB}', '\u0000', '<svg onload=x>', 'x'.repeat(2_000), ' ', 'a\u0301\u0301\u0301\u0301'] },
  { ...base, kind: 'table', title: 'W'.repeat(500), header: false, rows: Array.from({ length: 90 }, () => Array.from({ length: 25 }, () => 'palavra-enorme-sem-espaço-algum')) },
  { ...base, kind: 'table', title: 'Vazia', header: true, rows: [[]] },
  { ...base, kind: 'table', title: 'Desigual', header: true, rows: [['a'], ['b', 'c', 'd'], ['']] },
  { ...base, kind: 'code', title: '`', code: '\u0000' },
  { ...base, kind: 'code', title: 'Longo', language: '<b>', code: `${'y'.repeat(4_000)}\n${'z\n'.repeat(500)}` },
  { ...base, kind: 'picture', title: 'Sem imagem', image_id: 'none', alt: '', bullets: [] },
  { ...base, kind: 'closing', title: '\u200B', bullets: ['\u{1F600}', LONG.repeat(8), LONG.repeat(8), LONG.repeat(8)] },
];

export function drawingOf(slide: Slide, overrides: Partial<SlideToDraw> = {}): SlideToDraw {
  return {
    slide, theme: 'aurora', aspect: '16:9', language: 'pt-BR', courseTitle: 'Biologia vegetal', lessonTitle: 'Aula de fotossíntese', lessonNumber: 3,
    page: 3, pageCount: 12, sectionNumber: 1, ...overrides,
  };
}
