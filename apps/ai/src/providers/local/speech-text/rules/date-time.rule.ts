import { WORD_END, WORD_START, type SpeechRuleFactory } from '../speech-rule.js';
import type { SpokenLanguage } from '../spoken-language.js';

export const dateTimeRules: SpeechRuleFactory = (language) => [
  {
    name: 'iso-date',
    pattern: new RegExp(`${WORD_START}(\\d{4})-(\\d{2})-(\\d{2})(?:T[\\d:.]+Z?)?${WORD_END}`, 'gu'),
    speak: ([, year, month, day]) => speakDate(Number(day), Number(month), Number(year), language),
  },
  {
    name: 'date',
    pattern: new RegExp(`${WORD_START}(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})${WORD_END}`, 'gu'),
    speak: ([, first, second, year]) => {
      const [day, month] = dayAndMonth(Number(first), Number(second), language);
      return speakDate(day, month, Number(year), language);
    },
  },
  ...monthInWords(language),
  {
    name: 'time',
    pattern: new RegExp(`${WORD_START}([01]?\\d|2[0-3])(?:h([0-5]\\d)?(?:min)?(?:([0-5]\\d)s)?|:([0-5]\\d)(?::([0-5]\\d))?h?)${WORD_END}`, 'gu'),
    speak: ([, hours, minutesA, secondsA, minutesB, secondsB]) =>
      language.time(Number(hours), Number(minutesA ?? minutesB ?? 0), Number(secondsA ?? secondsB ?? 0)),
  },
];

/** "1º de maio", "1 de maio" and "March 3, 2026" have a day that the language says in its own way. */
function monthInWords(language: SpokenLanguage): ReturnType<SpeechRuleFactory> {
  if (language.dateOrder === 'day-first') {
    return [{
      name: 'first-of-month',
      pattern: new RegExp(`${WORD_START}1(?:º|°|o)?(?=\\sde\\s(?:janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro))`, 'giu'),
      speak: () => language.ordinal(1, 'masculine'),
    }];
  }
  const months = Array.from({ length: 12 }, (_, index) => language.date(1, index + 1, undefined).split(' ')[0]).join('|');
  return [{
    name: 'day-of-month',
    pattern: new RegExp(`(?<=(?:${months})\\s)(\\d{1,2})(?=,?\\s\\d{4}|[\\s,.;)]|$)`, 'gu'),
    speak: ([, day]) => (Number(day) <= 31 ? language.ordinal(Number(day), 'masculine') : undefined),
  }];
}

function dayAndMonth(first: number, second: number, language: SpokenLanguage): [day: number, month: number] {
  const dayFirst = language.dateOrder === 'day-first' ? second <= 12 : first > 12;
  return dayFirst ? [first, second] : [second, first];
}

function speakDate(day: number, month: number, year: number, language: SpokenLanguage): string | undefined {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? language.date(day, month, year) : undefined;
}
