import type { Language } from '@tecnocursos/contracts';

export interface CourseReadyTexts {
  subject(title: string): string;
  greeting(name: string | undefined): string;
  heading: string;
  intro: string;
  lessons(count: number): string;
  more(count: number): string;
  watch: string;
  expires(time: string): string;
  fallback: string;
  reason: string;
}

export const COURSE_READY_TEXTS: Record<Language, CourseReadyTexts> = {
  'pt-BR': {
    subject: (title) => `Seu curso “${title}” está pronto`,
    greeting: (name) => (name ? `Olá, ${name}!` : 'Olá!'),
    heading: 'Seu curso está pronto',
    intro: 'As aulas já podem ser assistidas, no computador ou no celular.',
    lessons: (count) => (count === 1 ? '1 aula' : `${count} aulas`),
    more: (count) => (count === 1 ? 'e mais 1 aula' : `e mais ${count} aulas`),
    watch: 'Assistir ao curso',
    expires: (time) => `Este link vale até ${time}. Depois disso, abra o curso na plataforma para receber um novo.`,
    fallback: 'O botão não funciona? Copie este endereço para o navegador:',
    reason: 'Você recebeu esta mensagem porque um curso seu ficou pronto na TecnoCursos.',
  },
  en: {
    subject: (title) => `Your course “${title}” is ready`,
    greeting: (name) => (name ? `Hello, ${name}!` : 'Hello!'),
    heading: 'Your course is ready',
    intro: 'Its lessons can be watched now, on a computer or a phone.',
    lessons: (count) => (count === 1 ? '1 lesson' : `${count} lessons`),
    more: (count) => (count === 1 ? 'and 1 more lesson' : `and ${count} more lessons`),
    watch: 'Watch the course',
    expires: (time) => `This link works until ${time}. After that, open the course on the platform to get a new one.`,
    fallback: 'The button does not work? Copy this address into your browser:',
    reason: 'You get this message because a course of yours became ready on TecnoCursos.',
  },
};
