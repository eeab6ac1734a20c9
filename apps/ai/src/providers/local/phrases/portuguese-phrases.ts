import { enumerated } from './enumerated.js';
import type { Phrases } from './phrases.js';
import { portugueseObjective, portugueseObjectiveOfDefinition, portugueseQuestion, portugueseTopic } from './portuguese-objectives.js';

const ORDINALS = ['Primeiro', 'Segundo', 'Terceiro', 'Quarto', 'Quinto', 'Sexto', 'Sétimo', 'Oitavo', 'Nono', 'Décimo'];
const infinitive = (objective: string): string => objective.charAt(0).toLowerCase() + objective.slice(1);
const listed = (items: readonly string[]): string => enumerated(items, 'e');

/** "de" with the article of a topic: "falar da fase clara", "dos cloroplastos". */
const secondArticle = (topic: string, contract: (article: string) => string): string =>
  topic.replace(/(?<=^\S+\s\p{L}+(?:\s\p{L}+)?\se\s)(o|a|os|as)(?=\s)/u, (article) => contract(article));
const ofTopic = (topic: string): string => secondArticle(topic, (article) => `d${article}`).replace(/^(o|a|os|as)(?=\s)/u, 'd$1').replace(/^(?!d[oa]s?\s)/u, 'de ');
const toTopic = (topic: string): string => secondArticle(topic, (article) => ({ o: 'ao', os: 'aos', a: 'à', as: 'às' })[article] ?? article).replace(/^o(?=s?\s)/u, 'ao').replace(/^a(?=s?\s)/u, 'à').replace(/^(?!aos?\s|às?\s)/u, 'a ');
const byTopic = (topic: string): string => secondArticle(topic, (article) => `pel${article}`).replace(/^(o|a|os|as)(?=\s)/u, 'pel$1').replace(/^(?!pel[oa]s?\s)/u, 'por ');

export const PORTUGUESE_PHRASES: Phrases = {
  lessonName: (number) => `Aula ${number}`,
  partName: (title, part) => `${title} (parte ${part})`,
  andMore: (titles) => `${titles.join(', ')} e outros temas`,
  continued: (title) => `${title} (continuação)`,
  recapTitle: 'O que vimos nesta aula',
  objectivesTitle: 'Objetivos da aula',

  welcomeToCourse: (course, lesson) => [`Olá! Boas-vindas ao curso “${course}”.`, `O tema desta primeira aula é: ${lesson}.`],
  welcomeToSingleLesson: (lesson) => [`Olá! Boas-vindas à aula “${lesson}”.`],
  welcomeToLesson: (number, lesson) => [`Olá! Esta é a aula ${number}.`, `O tema de hoje é: ${lesson}.`],
  topics: (topics) => `Nesta aula, vamos estudar ${listed(topics)}.`,
  parts: (topics) => `Veremos ${listed(topics)}.`,
  goals: (objectives) => `Ao final, você será capaz de ${listed(objectives.map(infinitive))}.`,

  firstTopic: [(topic) => `Vamos começar ${byTopic(topic)}.`, (topic) => `Para começar, vamos falar ${ofTopic(topic)}.`],
  nextTopic: [
    (topic) => `Vejamos agora ${topic}.`,
    (topic) => `Agora, vamos falar ${ofTopic(topic)}.`,
    (topic) => `Passemos ${toTopic(topic)}.`,
    (topic) => `O próximo assunto ${/^[oa]s\s/u.test(topic) ? 'são' : 'é'} ${topic}.`,
    (topic) => `Vamos agora conhecer ${topic}.`,
  ],
  firstQuestion: [(question) => `Vamos começar por entender ${question}.`, (question) => `Primeiro, vejamos ${question}.`],
  nextQuestion: [(question) => `Vejamos agora ${question}.`, (question) => `Agora, vamos entender ${question}.`, (question) => `O próximo passo é descobrir ${question}.`],
  nextTitle: [(title) => `Nosso próximo tema: ${title}`, (title) => `Vamos em frente: ${title}`, (title) => `Veja agora: ${title}`],
  resume: ['Vamos continuar.', 'Sigamos em frente.', 'E há mais.'],

  picture: ['Observe a imagem na tela.', 'Veja a imagem na tela.', 'Olhe com atenção para a imagem na tela.'],
  pictureOf: (caption) => `Observe a imagem na tela: ${caption}.`,
  pictureShows: (description) => `A imagem mostra: ${description}.`,
  onScreen: ['Acompanhe na tela.', 'Veja os detalhes na tela.', 'Observe o que está na tela.'],

  tableColumns: (first, others) => (first === '' ? `A tabela na tela mostra: ${listed(others)}.` : others.length === 0 ? `A tabela na tela lista: ${first}.` : `A tabela na tela mostra, para cada item da coluna “${first}”: ${listed(others)}.`),
  tableOnly: 'Acompanhe a tabela na tela.',
  tableRows: (count, first, last) => `São ${count} linhas, de “${first}” a “${last}”. Se precisar, pause o vídeo para ler com calma.`,
  tableContinued: 'A tabela continua na tela.',
  tableTitle: 'Quadro-resumo',
  code: (language, names) => `O exemplo na tela${language === undefined ? '' : `, em ${language},`} ${names.length === 0 ? 'mostra o código completo, passo a passo' : `mostra o código ${listed(names)}`}.`,
  codeTitle: (language) => (language === undefined ? 'Exemplo de código' : `Exemplo em ${language}`),
  declaration: (kind, name) => `${{ function: 'da função', class: 'da classe', table: 'da tabela' }[kind]} “${name}”`,
  formulaTitle: 'Fórmula',
  formula: (written) => `Veja na tela: ${written}.`,
  codeContinued: 'O código continua na tela.',
  ordinal: (index) => ORDINALS[index] ?? `Item ${index + 1}`,

  closing: ['Chegamos ao fim desta aula.', 'Com isso, encerramos esta aula.', 'E assim concluímos esta aula.'],
  seen: (topics) => `Em resumo, estudamos ${listed(topics)}.`,
  quiz: ['Na tela, você tem os pontos principais. Que tal testar o que aprendeu? Responda às perguntas desta aula.', 'Revise na tela os pontos principais e, para fixar o conteúdo, responda às perguntas desta aula.'],
  nextLesson: ['Até a próxima aula!', 'Nos vemos na próxima aula!'],
  lastLesson: ['Bons estudos!', 'Parabéns por chegar até aqui e bons estudos!'],

  objective: portugueseObjective,
  objectiveOfDefinition: portugueseObjectiveOfDefinition,
  question: portugueseQuestion,
  topic: portugueseTopic,

  quizTexts: {
    cloze: (sentence) => `Complete a frase: “${sentence}”`,
    definition: (term, plural, article) => `O que ${plural ? 'são' : 'é'} ${article === '' ? '' : `${article} `}${term}?`,
    termOf: (definition) => `Qual termo corresponde a esta definição: “${definition}”?`,
    trueFalse: (sentence) => `Verdadeiro ou falso: “${sentence}”`,
    tableCell: (column, row) => `Segundo a tabela da aula, o que consta em “${column}” para “${row}”?`,
    yes: 'Verdadeiro',
    no: 'Falso',
    explanation: (sentence) => `Segundo o texto da aula: “${sentence}”`,
    explanationOfFalse: (sentence) => `O texto da aula diz: “${sentence}”`,
  },
};
