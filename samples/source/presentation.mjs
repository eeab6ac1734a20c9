import pptxgen from 'pptxgenjs';

const INK = '1B2A41';
const BLUE = '1F5FC4';
const FONT = 'Arial';
const LANGUAGE = 'pt-BR';

/** Titles and texts stand in placeholders, as an author's own program would put them. */
function defineMasters(deck) {
  const title = { name: 'title', type: 'title', x: 0.6, y: 0.4, w: 12.1, h: 0.9, fontFace: FONT, fontSize: 32, bold: true, color: INK };
  const body = { name: 'body', type: 'body', x: 0.6, y: 1.6, w: 12.1, h: 5, fontFace: FONT, fontSize: 22, color: INK };
  const stripe = { rect: { x: 0, y: 0, w: 0.22, h: 7.5, fill: { color: BLUE } } };
  deck.defineSlideMaster({ title: 'CONTENT', background: { color: 'FFFFFF' }, objects: [stripe, { placeholder: { options: title, text: '' } }, { placeholder: { options: body, text: '' } }] });
  deck.defineSlideMaster({ title: 'TITLE_ONLY', background: { color: 'FFFFFF' }, objects: [stripe, { placeholder: { options: title, text: '' } }] });
  deck.defineSlideMaster({
    title: 'COVER',
    background: { color: 'EAF1FC' },
    objects: [
      stripe,
      { placeholder: { options: { ...title, y: 2.4, h: 1.2, fontSize: 44 }, text: '' } },
      { placeholder: { options: { ...body, y: 3.7, h: 1, fontSize: 24 }, text: '' } },
    ],
  });
}

function addBullets(deck, title, bullets, notes, options = { bullet: true }) {
  const slide = deck.addSlide({ masterName: 'CONTENT' });
  slide.addText(title, { placeholder: 'title', lang: LANGUAGE });
  slide.addText(bullets.map((text) => ({ text, options: { ...options, lang: LANGUAGE, breakLine: true, paraSpaceAfter: 10 } })), { placeholder: 'body', lang: LANGUAGE });
  slide.addNotes(notes);
}

function addComparison(deck) {
  const slide = deck.addSlide({ masterName: 'TITLE_ONLY' });
  slide.addText('R$ 1.000,00 a 10% ao ano', { placeholder: 'title', lang: LANGUAGE });
  const head = (text) => ({ text, options: { bold: true, lang: LANGUAGE, color: 'FFFFFF', fill: { color: BLUE } } });
  const rows = [
    [head('Ano'), head('Juros simples'), head('Juros compostos'), head('Diferença')],
    ['1', 'R$ 1.100,00', 'R$ 1.100,00', 'R$ 0,00'],
    ['2', 'R$ 1.200,00', 'R$ 1.210,00', 'R$ 10,00'],
    ['5', 'R$ 1.500,00', 'R$ 1.610,51', 'R$ 110,51'],
    ['12', 'R$ 2.200,00', 'R$ 3.138,43', 'R$ 938,43'],
  ];
  slide.addTable(rows, { x: 0.6, y: 1.7, w: 12.1, fontFace: FONT, fontSize: 20, lang: LANGUAGE, color: INK, border: { pt: 1, color: 'C5D0E0' }, rowH: 0.65, valign: 'middle' });
  slide.addNotes('Observe a tabela. No primeiro ano não há diferença nenhuma. No segundo, são só dez reais. Mas, depois de doze anos, os juros compostos rendem R$ 938,43 a mais. O tempo é o melhor amigo de quem poupa e o pior inimigo de quem deve.');
}

function addChart(deck, picture) {
  const slide = deck.addSlide({ masterName: 'TITLE_ONLY' });
  slide.addText('Duas curvas, dois destinos', { placeholder: 'title', lang: LANGUAGE });
  slide.addImage({ path: picture, x: 1.9, y: 1.5, w: 9.6, h: 4.98, altText: 'Gráfico do valor de R$ 1.000,00 em doze anos: a linha dos juros simples é reta, a dos compostos sobe cada vez mais depressa.' });
  slide.addNotes('Este gráfico mostra a mesma conta. A linha dos juros simples é uma reta, porque o ganho é igual todo ano. A linha dos juros compostos é uma curva que sobe cada vez mais depressa, porque os juros de ontem também rendem hoje.');
}

/** A short lesson on interest, with speaker notes on every slide. */
export async function makePresentation(picture) {
  const deck = new pptxgen();
  deck.layout = 'LAYOUT_WIDE';
  deck.title = 'Juros simples e juros compostos';
  deck.author = 'TecnoCursos';
  defineMasters(deck);
  const cover = deck.addSlide({ masterName: 'COVER' });
  cover.addText('Juros simples e juros compostos', { placeholder: 'title', lang: LANGUAGE });
  cover.addText('Matemática financeira para o dia a dia', { placeholder: 'body', lang: LANGUAGE });
  cover.addNotes('Olá! Nesta aula você vai descobrir por que uma dívida pequena pode crescer tanto, e por que uma poupança paciente também cresce. A resposta está em uma única palavra: juros.');
  addBullets(deck, 'O que são juros', ['Juros são o preço de usar o dinheiro de outra pessoa por um tempo.', 'Capital é o valor emprestado ou aplicado.', 'Taxa é a porcentagem cobrada em cada período.', 'Montante é o capital somado aos juros.'],
    'Juros são o preço do dinheiro no tempo. Se você empresta R$ 1.000,00 e recebe R$ 1.100,00 de volta um ano depois, os R$ 100,00 a mais são os juros. O valor inicial se chama capital, a porcentagem se chama taxa, e o total que você recebe se chama montante.');
  addBullets(deck, 'As duas fórmulas', ['Juros simples: M = C × (1 + i × t)', 'Juros compostos: M = C × (1 + i)^t', 'M é o montante, C é o capital, i é a taxa e t é o tempo.'],
    'Nos juros simples, a taxa incide sempre sobre o capital inicial. Nos juros compostos, ela incide sobre o montante do período anterior: são os juros sobre juros. É por isso que o tempo aparece como expoente na segunda fórmula.');
  addComparison(deck);
  addChart(deck, picture);
  addBullets(deck, 'Como usar isso na vida', ['Compare sempre a taxa e o prazo, não só a parcela.', 'Pague primeiro a dívida de taxa mais alta.', 'Comece a poupar cedo, mesmo que seja pouco.'],
    'Para terminar, três conselhos. Primeiro, compare a taxa e o prazo, porque uma parcela pequena pode esconder uma dívida grande. Segundo, pague antes a dívida que cobra mais. Terceiro, comece cedo: nos juros compostos, quem mais trabalha é o tempo.', { bullet: { type: 'number' } });
  return deck.write({ outputType: 'nodebuffer' });
}
