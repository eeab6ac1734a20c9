import { describe, expect, it } from 'vitest';
import { ContentAnalysisSchema } from '@tecnocursos/contracts';
import { entitiesIn } from './entities.js';
import { measuresOf, syllables } from './readability.js';
import { RuleEditor } from './rule-editor.js';
import { sentimentOf } from './sentiment.js';
import { languageOf } from './text-language-guess.js';
import { PhraseModerator, unfitCategories } from './unfit-words.js';

const LESSON = `# A fotossíntese
A fotossíntese é o processo pelo qual as plantas transformam a luz em energia química. A clorofila é um pigmento verde que absorve a luz.
Em 1779, o médico Jan Ingenhousz mostrou que as plantas liberam oxigênio. A Universidade de São Paulo estuda a clorofila e a fotossíntese no Brasil.`;

describe('syllables', () => {
  it.each([['casa', 2], ['água', 2], ['coração', 3], ['pão', 1], ['saúde', 3], ['queijo', 2], ['fotossíntese', 5], ['história', 3], ['energia', 4], ['x', 1]])('of %s: %i', (word, count) => {
    expect(syllables(word, 'pt-BR')).toBe(count);
  });

  it.each([['cat', 1], ['table', 2], ['make', 1], ['water', 2], ['university', 5], ['jumped', 1]])('of %s: %i', (word, count) => {
    expect(syllables(word, 'en')).toBe(count);
  });
});

describe('readability', () => {
  it('is Flesch’s reading ease, in the adaptation of Martins et al. for Portuguese', () => {
    // 6 words, 1 sentence, 15 syllables: 248.835 − 1.015 × 6 − 84.6 × 15 ÷ 6
    expect(measuresOf('As plantas produzem alimento usando água.', 'pt-BR')).toEqual({ readability: { score: 31.2, label: 'difícil' }, reading_minutes: 0, word_count: 6 });
  });

  it('falls with long words and long sentences, and is within its bounds', () => {
    const plain = measuresOf('O sol é uma estrela. Ele dá luz e calor. A Terra gira em volta dele.', 'pt-BR').readability.score;
    const hard = measuresOf('A institucionalização da intersetorialidade administrativa pressupõe a operacionalização concomitante de instrumentos regulatórios multidimensionais consubstanciados normativamente.', 'pt-BR').readability;
    expect(plain).toBeGreaterThan(70);
    expect(hard).toEqual({ score: 0, label: 'muito difícil' });
    expect(measuresOf('123 ... 456', 'en').readability.score).toBe(0);
  });
});

describe('an analysis by rules', () => {
  it('is one of the contract', () => {
    const analysis = new RuleEditor().analyze(LESSON, {});
    expect(ContentAnalysisSchema.parse(analysis)).toEqual(analysis);
    expect(analysis).toMatchObject({ language: 'pt-BR', sentiment: { label: 'neutral' }, metadata: { title: 'A fotossíntese' }, moderation: { flagged: false, categories: [] } });
    expect(analysis.keywords).toEqual(expect.arrayContaining(['fotossíntese', 'clorofila']));
    expect(analysis.entities).toEqual(expect.arrayContaining([{ name: '1779', kind: 'date' }, { name: 'Jan Ingenhousz', kind: 'person' }, { name: 'Brasil', kind: 'place' }]));
    expect(analysis.metadata.description).toMatch(/^A fotossíntese é o processo/);
  });

  it.each(['x', '...', '😀', 'A', '# \n\n', 'palavra '.repeat(20_000)])('stands whatever text it gets: %#', (text) => {
    expect(() => ContentAnalysisSchema.parse(new RuleEditor().analyze(text, {}))).not.toThrow();
  });

  it('tells the languages apart', () => {
    expect(['The light of the sun is strong.', 'A luz do sol é forte.', '123'].map(languageOf)).toEqual(['en', 'pt-BR', 'pt-BR']);
  });
});

describe('entities', () => {
  it.each([
    ['Nasceu em 7 de setembro de 1822.', [{ name: '7 de setembro de 1822', kind: 'date' }]],
    ['Foi a Dra. Ana Lima quem disse.', [{ name: 'Dra. Ana Lima', kind: 'person' }]],
    ['Trabalha no Instituto Butantan desde cedo.', [{ name: 'Instituto Butantan', kind: 'organization' }]],
    ['Leu “Dom Casmurro” ontem.', [{ name: 'Dom Casmurro', kind: 'work' }]],
    ['Hoje choveu. Ontem não.', []],
  ])('%s', (text, found) => {
    expect(entitiesIn(text)).toEqual(expect.arrayContaining(found));
    if (found.length === 0) expect(entitiesIn(text)).toEqual([]);
  });
});

describe('sentiment by a list of words', () => {
  it.each([
    ['Adorei o curso, é excelente e claro.', 'positive'], ['O curso é péssimo e confuso.', 'negative'], ['O curso não é bom.', 'negative'], ['A água ferve a 100 graus.', 'neutral'], ['A aula é ótima, mas o som é ruim.', 'mixed'],
  ])('%s is %s', (text, label) => {
    expect(sentimentOf(text, 'pt-BR').label).toBe(label);
  });

  it('knows English, and its negations', () => {
    expect([sentimentOf('I love this great course.', 'en').label, sentimentOf('This is not good.', 'en').label]).toEqual(['positive', 'negative']);
  });
});

describe('moderation by a list of phrases', () => {
  it.each([
    ['Você é um idiota!', ['harassment']], ['How to make a bomb at home', ['illicit']], ['Aprenda como fazer uma bomba.', ['illicit']], ['Kill yourself.', ['self_harm']],
    ['A bomba atômica de 1945 matou milhares.', []], ['Suicídio: como falar disso na escola.', []], ['O coração bombeia o sangue.', []],
  ])('%s', (text, categories) => {
    expect(unfitCategories(text)).toEqual(categories);
  });

  it('answers for each text in its order', async () => {
    const { results } = await new PhraseModerator().moderate(['Bom dia.', 'Quero morrer.']);
    expect(results).toMatchObject([{ flagged: false, scores: { self_harm: 0 } }, { flagged: true, scores: { self_harm: 0.9, hate: 0 } }]);
  });
});
