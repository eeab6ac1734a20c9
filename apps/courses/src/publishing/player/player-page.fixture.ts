import type { Language } from '@tecnocursos/contracts';
import { lessonFiles, makeLessonTexts } from '../lesson-texts.js';
import { narrate, question } from '../publishing.fixture.js';
import type { PlayerCourse, PlayerLesson } from './player-course.js';

const SLIDES = [
  { title: 'Por que as folhas são verdes', text: 'As folhas são verdes por causa da clorofila. Esse pigmento absorve a luz vermelha e a luz azul. A luz verde é devolvida, e é ela que vemos.' },
  { title: 'Fase clara', text: 'Na fase clara, a energia da luz parte as moléculas de água. O oxigênio sai pelos estômatos, e a energia fica guardada em duas moléculas.' },
  { title: 'Ciclo de Calvin', text: 'No ciclo de Calvin, o gás carbônico do ar vira açúcar. Cada volta usa a energia que a fase clara guardou. Seis voltas bastam para uma glicose.' },
];

const QUESTIONS = [
  question(1, { prompt: 'Qual pigmento dá à folha a cor verde?', options: ['Caroteno', 'Clorofila', 'Melanina', 'Hemoglobina'], answer_index: 1, explanation: 'A clorofila absorve o vermelho e o azul, e devolve o verde.' }),
  question(2, { prompt: 'Na fase clara, a energia da luz parte as moléculas de ____.', options: ['glicose', 'oxigênio', 'água'], answer_index: 2, explanation: 'A quebra da água libera o oxigênio que respiramos.' }),
  question(3, { kind: 'true_false', prompt: 'O ciclo de Calvin transforma gás carbônico em açúcar.', options: ['Verdadeiro', 'Falso'], answer_index: 0, explanation: 'O carbono do ar passa a fazer parte do açúcar.' }),
  question(4, { prompt: 'Por onde o oxigênio sai da folha?', options: ['Pelos estômatos', 'Pela raiz', 'Pelo caule'], answer_index: 0, explanation: '' }),
  question(5, { kind: 'definition', prompt: 'O que é um estômato?', options: ['Um açúcar', 'Um poro da folha', 'Uma flor'], answer_index: 1, explanation: 'Estômatos são poros que abrem e fecham.' }),
];

const TITLES = ['O que é a fotossíntese', 'A fase clara e o ciclo de Calvin', 'Fatores que limitam a produção', 'A fotossíntese e o clima'];

/** A course of small real lessons; the video of each is expected to be as long as its `duration_ms`. */
export function playerCourse(options: { language?: Language; durationMs?: number } = {}): PlayerCourse {
  const { language = 'pt-BR', durationMs = 30_000 } = options;
  return {
    id: '7f0c2d52-8f6c-4d0a-9c1e-1f2a3b4c5d6e',
    title: 'Fotossíntese: como as plantas fazem o próprio alimento',
    language,
    summary: 'Da luz ao açúcar, passo a passo.',
    lessons: TITLES.map((title, index) => playerLesson(index + 1, title, language, durationMs)),
  };
}

function playerLesson(number: number, title: string, language: Language, durationMs: number): PlayerLesson {
  const slides = narrate(SLIDES, { letterMs: (durationMs - 6_000) / 430 });
  const chapters = slides.map((slide) => ({ title: slide.title, start_ms: slide.start_ms, end_ms: slide.end_ms }));
  const texts = makeLessonTexts({ title, language, slides, chapters, questions: QUESTIONS });
  return {
    number,
    title,
    summary: 'A fotossíntese transforma luz, água e gás carbônico em açúcar e oxigênio. Nesta aula você vê onde isso acontece na folha, e por que quase toda a vida da Terra depende dela.',
    objectives: ['Dizer o que entra e o que sai na fotossíntese', 'Distinguir a fase clara do ciclo de Calvin', 'Explicar por que as folhas são verdes'],
    key_terms: [
      { term: 'Clorofila', definition: 'Pigmento verde que absorve a luz.' },
      { term: 'Estômato', definition: 'Poro da folha por onde entram e saem os gases.' },
      { term: 'Cloroplasto' },
    ],
    duration_ms: durationMs,
    width: 1280,
    height: 720,
    chapters,
    transcript: texts.transcript,
    questions: QUESTIONS,
    captions_vtt: texts.captions_vtt,
    files: lessonFiles(number),
  };
}
