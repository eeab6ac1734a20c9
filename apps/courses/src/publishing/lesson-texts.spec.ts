import { describe, expect, it } from 'vitest';
import { QuizQuestionSchema } from '@tecnocursos/contracts';
import { z } from 'zod';
import { lessonFiles, makeLessonTexts } from './lesson-texts.js';
import { narrate, question } from './publishing.fixture.js';
import { makeTranscript, transcriptMarkdown } from './transcript.js';

const slides = narrate([
  { title: 'A luz', text: 'A luz chega à folha. Ela traz energia.' },
  { title: 'O ar', text: `${'O ar traz gás carbônico para dentro da folha. '.repeat(12).trim()}` },
]);

describe('the transcript', () => {
  const paragraphs = makeTranscript(slides);

  it('has one heading a slide and paragraphs of a readable length', () => {
    expect(paragraphs.map((paragraph) => paragraph.heading)).toEqual(['A luz', 'O ar', undefined]);
    for (const paragraph of paragraphs) {
      expect(paragraph.sentences.map((sentence) => sentence.text).join(' ').length).toBeLessThanOrEqual(330);
    }
  });

  it('knows when each sentence is heard, in the time of the lesson', () => {
    expect(paragraphs[0]?.sentences.map((sentence) => sentence.text)).toEqual(['A luz chega à folha.', 'Ela traz energia.']);
    expect(paragraphs[1]?.start_ms).toBe(slides[1]?.start_ms);
    const starts = paragraphs.flatMap((paragraph) => paragraph.sentences.map((sentence) => sentence.start_ms));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('is Markdown in which spoken text is never markup', () => {
    const hostile = narrate([{ title: '<script>*x*', text: '# não é [título](javascript:alert(1)) <img src=x>' }]);
    expect(transcriptMarkdown('Aula 1', makeTranscript(hostile))).toBe(
      '# Aula 1\n\n## &lt;script>\\*x\\*\n\n\\# não é \\[título\\](javascript:alert(1)) &lt;img src=x>\n',
    );
  });
});

describe('the files of a lesson', () => {
  const texts = makeLessonTexts({
    title: 'Luz e ar',
    language: 'pt-BR',
    slides,
    chapters: [{ title: 'A luz <1>', start_ms: 0, end_ms: 3_000 }, { title: 'O ar', start_ms: 3_000, end_ms: 9_500 }],
    questions: [question(1), question(2)],
  });

  it('hold chapters as WebVTT', () => {
    expect(texts.chapters_vtt).toBe(
      'WEBVTT\n\nchapter-1\n00:00:00.000 --> 00:00:03.000\nA luz &lt;1&gt;\n\nchapter-2\n00:00:03.000 --> 00:00:09.500\nO ar\n',
    );
  });

  it('hold the quiz and the transcript as JSON that reads back', () => {
    const quiz = z.object({ language: z.literal('pt-BR'), questions: z.array(QuizQuestionSchema) }).parse(JSON.parse(texts.quiz_json));
    expect(quiz.questions).toEqual([question(1), question(2)]);
    expect(JSON.parse(texts.transcript_json)).toEqual({ version: 1, title: 'Luz e ar', language: 'pt-BR', paragraphs: texts.transcript });
  });

  it('have names that sort with the lessons', () => {
    expect(lessonFiles(3).video).toBe('lesson-03/video.mp4');
    expect(lessonFiles(12).captions).toBe('lesson-12/captions.vtt');
  });
});
