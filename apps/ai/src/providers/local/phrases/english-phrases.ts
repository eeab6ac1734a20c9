import { englishObjective, englishObjectiveOfDefinition, englishQuestion, englishTopic } from './english-objectives.js';
import { enumerated } from './enumerated.js';
import type { Phrases } from './phrases.js';

const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth'];
const infinitive = (objective: string): string => objective.charAt(0).toLowerCase() + objective.slice(1);
const listed = (items: readonly string[]): string => enumerated(items, 'and');

export const ENGLISH_PHRASES: Phrases = {
  lessonName: (number) => `Lesson ${number}`,
  partName: (title, part) => `${title} (part ${part})`,
  andMore: (titles) => `${titles.join(', ')} and other topics`,
  continued: (title) => `${title} (continued)`,
  recapTitle: 'What we saw in this lesson',
  objectivesTitle: 'Lesson objectives',

  welcomeToCourse: (course, lesson) => [`Hello, and welcome to the course “${course}”.`, `The subject of this first lesson is: ${lesson}.`],
  welcomeToSingleLesson: (lesson) => [`Hello, and welcome to the lesson “${lesson}”.`],
  welcomeToLesson: (number, lesson) => [`Hello! This is lesson ${number}.`, `Today's subject is: ${lesson}.`],
  topics: (topics) => `In this lesson, we will study ${listed(topics)}.`,
  parts: (topics) => `We will look at ${listed(topics)}.`,
  goals: (objectives) => `By the end, you will be able to ${listed(objectives.map(infinitive))}.`,

  firstTopic: [(topic) => `Let's start with ${topic}.`, (topic) => `To begin, let's talk about ${topic}.`],
  nextTopic: [
    (topic) => `Now let's look at ${topic}.`,
    (topic) => `Next, let's talk about ${topic}.`,
    (topic) => `Let's move on to ${topic}.`,
    (topic) => `Our next subject is ${topic}.`,
  ],
  firstQuestion: [(question) => `Let's begin by understanding ${question}.`, (question) => `First, let's see ${question}.`],
  nextQuestion: [(question) => `Now let's see ${question}.`, (question) => `Next, let's find out ${question}.`],
  nextTitle: [(title) => `Our next subject: ${title}`, (title) => `Let's go on: ${title}`, (title) => `Now look at this: ${title}`],
  resume: ["Let's continue.", "Let's go on.", 'And there is more.'],

  picture: ['Look at the picture on the screen.', 'Take a look at the picture on the screen.', 'Look closely at the picture on the screen.'],
  pictureOf: (caption) => `Look at the picture on the screen: ${caption}.`,
  pictureShows: (description) => `The picture shows: ${description}.`,
  onScreen: ['Follow along on the screen.', 'See the details on the screen.', 'Look at what is on the screen.'],

  tableColumns: (first, others) => (first === '' ? `The table on the screen shows: ${listed(others)}.` : others.length === 0 ? `The table on the screen lists: ${first}.` : `The table on the screen shows, for each item in the column “${first}”: ${listed(others)}.`),
  tableOnly: 'Follow the table on the screen.',
  tableRows: (count, first, last) => `It has ${count} rows, from “${first}” to “${last}”. Pause the video if you need more time to read.`,
  tableContinued: 'The table continues on the screen.',
  tableTitle: 'At a glance',
  code: (language, names) => `The example on the screen${language === undefined ? '' : `, in ${language},`} ${names.length === 0 ? 'shows the full code, step by step' : `shows the code of ${listed(names)}`}.`,
  codeTitle: (language) => (language === undefined ? 'Code example' : `Example in ${language}`),
  declaration: (kind, name) => `the ${kind} “${name}”`,
  formulaTitle: 'Formula',
  formula: (written) => `Look at the screen: ${written}.`,
  codeContinued: 'The code continues on the screen.',
  ordinal: (index) => ORDINALS[index] ?? `Item ${index + 1}`,

  closing: ['This brings us to the end of the lesson.', 'And with that, we close this lesson.', 'That completes this lesson.'],
  seen: (topics) => `In short, we studied ${listed(topics)}.`,
  quiz: ['The main points are on the screen. How about testing what you learned? Answer the questions of this lesson.', 'Review the main points on the screen and, to fix them in your memory, answer the questions of this lesson.'],
  nextLesson: ['See you in the next lesson!', 'Until the next lesson!'],
  lastLesson: ['Enjoy your studies!', 'Congratulations on getting this far, and enjoy your studies!'],

  objective: englishObjective,
  objectiveOfDefinition: englishObjectiveOfDefinition,
  question: englishQuestion,
  topic: englishTopic,

  quizTexts: {
    cloze: (sentence) => `Complete the sentence: “${sentence}”`,
    definition: (term, plural, article) => `What ${plural ? 'are' : 'is'} ${article === '' ? '' : `${article} `}${term}?`,
    termOf: (definition) => `Which term matches this definition: “${definition}”?`,
    trueFalse: (sentence) => `True or false: “${sentence}”`,
    tableCell: (column, row) => `According to the lesson's table, what is given as “${column}” for “${row}”?`,
    yes: 'True',
    no: 'False',
    explanation: (sentence) => `According to the lesson: “${sentence}”`,
    explanationOfFalse: (sentence) => `The lesson says: “${sentence}”`,
  },
};
