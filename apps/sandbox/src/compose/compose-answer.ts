import { rewriteFor } from './compose-value.js';
import { isStopWord, wordsOf } from './language.js';
import { Material } from './material.js';
import { DOCUMENT_BREAK, readPrompt, type PromptText, type ReadPrompt } from './prompt.js';

const SENTENCES = 3;
const ANSWER_CHARACTERS = 1_200;

/** A short answer to plain chat in the prompt's language, made of the sentences of its text; a marked pseudo-translation or a corrected text when that is asked. */
export function composeAnswer(prompt: PromptText): string {
  const read = readPrompt(prompt);
  if (read.task.kind !== 'answer') return rewriteFor(read.task)(read.source.replaceAll(DOCUMENT_BREAK, '\n\n').trim());
  return read.hasDocument ? answerFrom(read) : answerTo(read);
}

function answerFrom({ source, request, language }: ReadPrompt): string {
  const material = Material.read(source);
  const found = closest(material.sentences, request);
  const lead = language === 'pt' ? 'Segundo o texto' : 'According to the text';
  return clipped(found.length === 0 ? `${lead}: ${material.title}.` : `${lead}: ${found.join(' ')}`);
}

/** The sentences that share most words with the question, in the order of the text; the first ones when none does. */
function closest(sentences: readonly string[], question: string): string[] {
  const asked = new Set(wordsOf(question.toLowerCase()).filter((word) => !isStopWord(word)));
  const ranked = sentences
    .map((sentence, index) => ({ index, sentence, score: wordsOf(sentence.toLowerCase()).filter((word) => asked.has(word)).length }))
    .sort((left, right) => right.score - left.score || left.index - right.index);
  return ranked.slice(0, SENTENCES).sort((left, right) => left.index - right.index).map(({ sentence }) => sentence);
}

function answerTo({ request, language }: ReadPrompt): string {
  const material = Material.read(request);
  const statements = material.sentences.filter((sentence) => !sentence.endsWith('?'));
  const topic = material.keywords.slice(0, 3).join(', ');
  if (topic === '') return language === 'pt' ? 'Olá! Como posso ajudar?' : 'Hello! How can I help?';
  const lead = language === 'pt' ? `Sobre ${topic}` : `About ${topic}`;
  const rest = statements.length > 0 ? statements.slice(0, SENTENCES) : material.sentences.slice(0, 1);
  return clipped(`${lead}: ${rest.join(' ')}`);
}

function clipped(text: string): string {
  return text.length <= ANSWER_CHARACTERS ? text : `${text.slice(0, ANSWER_CHARACTERS).replace(/\s+\S*$/, '')}…`;
}
