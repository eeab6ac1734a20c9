import type { Gender } from '../spoken-language.js';

/** Words that stand between a number and its noun, or that end what the number could count. */
const NOT_A_NOUN = new Set([
  'para', 'pela', 'pelas', 'das', 'nas', 'uma', 'umas', 'cada', 'sua', 'suas', 'essa', 'esta', 'essas', 'estas', 'mas', 'nada', 'ainda', 'agora', 'contra',
  'era', 'foi', 'está', 'há', 'seja', 'tenha', 'havia', 'podia', 'será', 'entre', 'sobre', 'onde', 'enquanto', 'ora', 'fora', 'acima', 'apenas', 'toda',
]);
const MASCULINE_WITH_A = new Set([
  'dia', 'mapa', 'planeta', 'grama', 'quilograma', 'miligrama', 'clima', 'cometa', 'atleta', 'fantasma', 'sofá', 'colega', 'plasma', 'delta', 'gama', 'alfa',
]);
const MASCULINE_ENDINGS = /(?:ema|oma|ama|ima)s?$/u;
const FEMININE_WITH_MA = new Set(['cama', 'lama', 'chama', 'trama', 'dama', 'rama', 'fama', 'gema', 'soma', 'goma', 'rima', 'vítima', 'lágrima', 'máxima', 'mínima', 'última', 'próxima', 'semana', 'forma', 'norma', 'turma']);
const FEMININE_ENDINGS = /(?:ção|ções|são|sões|stão|stões|dade|dades|gem|gens|ície|ícies|[tsz]ese|[tsz]eses|ólise|álise|ólises|álises|tude|tudes|ez|ezes)$/u;
const FEMININE_OTHERS = new Set([
  'vez', 'vezes', 'mulher', 'mulheres', 'parte', 'partes', 'classe', 'classes', 'fase', 'fases', 'árvore', 'árvores', 'mão', 'mãos', 'noite', 'noites', 'tarde',
  'tardes', 'base', 'bases', 'frase', 'frases', 'ponte', 'pontes', 'rede', 'redes', 'fonte', 'fontes', 'mãe', 'mães', 'lei', 'leis', 'cor', 'cores', 'flor',
  'flores', 'luz', 'luzes', 'raiz', 'raízes', 'matriz', 'matrizes', 'voz', 'vozes', 'espécie', 'espécies', 'série', 'séries', 'hipótese', 'crise', 'crises',
  'dose', 'doses', 'chave', 'chaves', 'nuvem', 'nuvens', 'ordem', 'ordens', 'nave', 'naves', 'face', 'faces', 'tribo', 'tribos', 'gente', 'metade', 'metades',
  'torre', 'torres', 'vertente', 'vertentes', 'corrente', 'correntes', 'semente', 'sementes', 'lente', 'lentes', 'mente', 'pele', 'sede', 'sedes', 'tese', 'foto', 'fotos',
]);
const MASCULINE_WITH_EZ = new Set(['xadrez', 'mês', 'meses', 'freguês', 'fregueses', 'dez', 'japonês']);
const WITH_AO_MASCULINE = new Set(['coração', 'corações', 'grão']);

/** Gender that a number takes from the words after it: "21 páginas", "200 mil pessoas", "2 novas aulas". */
export function portugueseGender(following: string): Gender {
  const words = /^\s+(?:mil\s+)?(\p{L}+)(?:\s+(\p{L}+))?/u.exec(following);
  const word = words?.[1]?.toLowerCase();
  return word !== undefined && word.length >= 3 && !NOT_A_NOUN.has(word) && isFeminine(word) ? 'feminine' : 'masculine';
}

export function isFeminine(word: string): boolean {
  const lower = word.toLowerCase();
  if (FEMININE_OTHERS.has(lower)) return true;
  if (MASCULINE_WITH_EZ.has(lower) || WITH_AO_MASCULINE.has(lower)) return false;
  if (FEMININE_ENDINGS.test(lower)) return true;
  const singular = lower.replace(/s$/, '');
  if (!singular.endsWith('a')) return false;
  if (MASCULINE_WITH_A.has(singular)) return false;
  return FEMININE_WITH_MA.has(singular) || !MASCULINE_ENDINGS.test(lower);
}
